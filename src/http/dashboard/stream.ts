import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import type { UserId } from '../../store/access-store.ts';
import { sendProblemDetails } from '../problem-details.ts';
import { httpProblem } from '../problems.ts';
import { type Asked, admit, userOf } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { NewCalls } from './new-calls.ts';

const heartbeatEveryMs = 15_000;
/** How long a browser waits before it connects again. */
const retryMs = 3000;
/** A window has one; a browser does not open more than six connections to a server without HTTP/2 anyway. */
const mostStreamsOfUser = 10;
/** A reader that leaves so much unread is not there any more. */
const mostUnreadBytes = 65_536;

/** `GET /dashboard/stream`: server-sent events that say when calls have come in. */
export class Streams {
  readonly #context: DashboardContext;
  readonly #newCalls: NewCalls;
  readonly #open = new Set<{ readonly userId: UserId; readonly end: () => void }>();
  #isClosing = false;

  constructor(app: FastifyInstance, context: DashboardContext) {
    this.#context = context;
    this.#newCalls = new NewCalls(context.store, (err) => app.log.warn({ err }, 'new calls could not be looked for'));
    // Before the server waits for its connections, of which these would not end.
    app.addHook('preClose', (done) => {
      this.#isClosing = true;
      for (const { end } of this.#open) end();
      done();
    });
  }

  get handler(): RouteHandlerMethod {
    return async (request, reply) => {
      const asked = await admit(request, reply, this.#context);
      if (!asked.ok) return sendProblemDetails(request, reply, asked.error);
      const { userId } = asked.value.user;
      if ([...this.#open].filter((stream) => stream.userId === userId).length >= mostStreamsOfUser) {
        const detail = `a user may have ${mostStreamsOfUser} streams open`;
        return sendProblemDetails(request, reply, httpProblem('tooManyStreams', detail));
      }
      reply.headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
      if (request.method === 'HEAD') return reply.send();
      return this.#begin(asked.value);
    };
  }

  #begin({ reply, user, secret }: Asked) {
    const { raw } = reply.hijack();
    // Gone meanwhile, and nothing would tell.
    if (raw.destroyed) return reply;
    raw.writeHead(
      200,
      Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, `${value}`])),
    );
    const end = () => raw.end();
    const write = (text: string) => {
      if (raw.writableLength > mostUnreadBytes) raw.destroy();
      else if (!raw.writableEnded) raw.write(text);
    };
    const stream = { userId: user.userId, end };
    const stopListening = this.#newCalls.listen(user.account.accountId, () => write('event: calls\ndata: {}\n\n'));
    const heartbeat = setInterval(() => {
      write(': still here\n\n');
      this.#isAlive(secret).then((isAlive) => isAlive || end());
    }, heartbeatEveryMs).unref();
    this.#open.add(stream);
    raw.once('close', () => {
      this.#open.delete(stream);
      stopListening();
      clearInterval(heartbeat);
    });
    write(`retry: ${retryMs}\nevent: ready\ndata: {}\n\n`);
    if (this.#isClosing) end();
    return reply;
  }

  /** A session of which nothing can be learned now is not one that has ended. */
  async #isAlive(secret: string): Promise<boolean> {
    try {
      return (await userOf(secret, this.#context)) !== null;
    } catch {
      return true;
    }
  }
}
