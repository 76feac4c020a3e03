import { mount } from "svelte";
import App from "./App.svelte";
import { Desk } from "./desk.svelte";
import { dial } from "./socket";
import "./tokens.css";
import "./frame.css";
import "./panes.css";
import "./pages.css";

mount(App, { target: document.getElementById("app")!, props: { desk: new Desk(dial) } });
