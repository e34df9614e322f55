export * from './feed.js';
export * from './live.gateway.js';
export * from './presence.js';
export * from './socket-sessions.js';
