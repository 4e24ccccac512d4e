// A client of the Model Context Protocol: node client.mjs '[["tool", {arguments}], …]' COMMAND ARGUMENT…
// Prints one object: the tools that the server offers, and the result of each call.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const [calls, command, ...args] = process.argv.slice(2);
const client = new Client({ name: "packaged-tests", version: "1.0.0" });
await client.connect(new StdioClientTransport({ command, args }));
const { tools } = await client.listTools();
const results = [];
for (const [name, given] of JSON.parse(calls)) {
  results.push(await client.callTool({ name, arguments: given }, undefined, { timeout: 60_000 }));
}
console.log(JSON.stringify({ server: client.getServerVersion(), tools, results }));
await client.close();
