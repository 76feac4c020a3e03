import { getContext, setContext } from "svelte";
import type { Desk } from "./desk.svelte";

const KEY = Symbol("desk");
export const provide = (desk: Desk): void => void setContext(KEY, desk);
export const useDesk = (): Desk => getContext<Desk>(KEY);
