import type { FastifyInstance } from 'fastify';
import type { Store } from '../../store/store.ts';
import type { Metrics } from '../metrics.ts';

/**
 * `/health/live`: the process answers. `/health/ready`: it can serve, since its store can be read and written. `/metrics`: for
 * Prometheus. None of them tells anything about a call.
 */
export function addHealth(
  app: FastifyInstance,
  { store, metrics }: { readonly store: Store; readonly metrics: Metrics },
): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (request, reply) => {
    try {
      await store.ping();
    } catch (error) {
      request.log.error({ err: error }, 'the store cannot be used');
      return reply.code(503).header('Retry-After', 1).send({ status: 'the store cannot be used; see the log' });
    }
    return { status: 'ready' };
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.print()));
}
