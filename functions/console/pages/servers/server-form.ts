import type { Server } from "./server-queries.ts";

/** What is said of a server in a form. */
export type ServerForm = { name: string; slots: number; address: string };

export const emptyServer = (): ServerForm => ({ name: "", slots: 1, address: "" });

export const formOfServer = (server: Server): ServerForm => ({
  name: server.name,
  slots: server.max_concurrent_tasks,
  address: server.agent_url ?? "",
});

/** What is sent for a form. */
export const requestOfServer = ({ name, slots, address }: ServerForm) => ({
  name,
  max_concurrent_tasks: slots,
  agent_url: address === "" ? null : address,
});
