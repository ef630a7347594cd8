// Long polling, for networks that let no WebSocket through.
export { Fetch as Polling } from "socket.io-client";
