"""What parties say: pledge phrases as text ⇄ typed values."""

from accord.language.phrase import parse as parse
from accord.language.phrase import parse_all as parse_all
from accord.language.saying import say as say
from accord.language.saying import say_target as say_target
from accord.language.target import Pledge as Pledge
