import { mount } from "svelte";
import App from "./App.svelte";
import { Desk } from "./desk.svelte";
import { dial } from "./socket";
import "./tokens.css";
import "./frame.css";
import "./panes.css";
import "./pages.css";

async function start(): Promise<void> {
  let connect = dial;
  // Without a server, against made-up numbers: only while developing.
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("mock")) connect = (await import("./mock")).dial;
  mount(App, { target: document.getElementById("app")!, props: { desk: new Desk(connect) } });
}
void start();
