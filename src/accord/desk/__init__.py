"""The live answer: a deal that is changed in the browser, recomputed here, one frame a change."""
