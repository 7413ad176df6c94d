// A Socket.IO server that does what Banter is measured at: sign-in, rooms, messages, answers.
// It stores nothing and checks no membership.

import { createServer } from 'node:http';

import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
let messages = 0;

io.use((socket, next) => next(socket.handshake.auth.token ? undefined : new Error('unauthorized')));

io.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    done(room);
  });
  socket.on('message', (room, text) => {
    messages += 1;
    io.to(room).emit('message', {
      id: messages,
      room,
      user: socket.id,
      text,
      createdAt: new Date().toISOString(),
    });
  });
  socket.on('echo', (value, done) => done(value));
});

// Before its memory is read: what is garbage should not count.
process.on('SIGUSR2', () => globalThis.gc?.());

http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}`));
