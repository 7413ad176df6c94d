export * from './api.js';
export * from './chat.js';
export * from './errors.js';
export * from './events.js';
export * from './outbox.js';
export * from './outbox-item.js';
export * from './storage.js';
export * from './wire.js';
