import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const host = '127.0.0.1';

export type Direction = 'toServer' | 'toClient';

/** Where a connection is to break: once, at so many pieces of the client's bytes after a statement has passed. */
export interface Break {
  /** As it is sent. */
  readonly statement: string;
  readonly pieces: number;
  /** Whether the last piece still reaches the server, which answers, and whose answer is lost. */
  readonly isForwarded: boolean;
}

/** Stands between a store and its database, and does what networks do. */
export interface FaultyNetwork {
  /** The database's, by way of the proxy. */
  readonly url: string;
  /** Connections are refused, and those that are there cut. */
  refuse(): Promise<void>;
  /** Takes connections again. */
  accept(): Promise<void>;
  cut(): void;
  /**
   * Bytes in this direction get lost, and nobody is told, until it heals. A connection that has lost some is dead for ever: only a
   * new one works.
   */
  swallow(direction: Direction): void;
  heal(): void;
  /** The next connection that comes to this place breaks there. */
  breakAt(place: Break): void;
  /** How often a connection has broken where it was told to. */
  breaks(): number;
  close(): Promise<void>;
}

export async function startProxy(databaseUrl: string): Promise<FaultyNetwork> {
  const target = new URL(databaseUrl);
  const network = new Network(target.hostname, Number(target.port));
  let server: Server | null = await network.listen(0);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has no port');
  const url = new URL(databaseUrl);
  url.port = `${address.port}`;
  const refuse = async () => {
    const closing = server;
    server = null;
    network.cut();
    if (closing === null) return;
    closing.close();
    await once(closing, 'close');
  };
  return {
    url: url.href,
    refuse,
    accept: async () => {
      server = await network.listen(address.port);
    },
    cut: () => network.cut(),
    swallow: (direction) => network.swallow(direction),
    heal: () => network.swallow(null),
    breakAt: (place) => network.breakAt(place),
    breaks: () => network.breaks,
    close: refuse,
  };
}

class Network {
  readonly #host: string;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #swallowed: Direction | null = null;
  #break: Break | null = null;
  breaks = 0;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  async listen(port: number): Promise<Server> {
    const server = createServer((client) => this.#join(client)).listen(port, host);
    await once(server, 'listening');
    return server;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  swallow(direction: Direction | null): void {
    this.#swallowed = direction;
  }

  breakAt(place: Break): void {
    this.#break = place;
  }

  #join(client: Socket): void {
    const server = connect(this.#port, this.#host);
    const breaker = new Breaker((chunk) => this.#takeBreak(chunk));
    const isLost = this.#loser();
    const sever = () => {
      client.destroy();
      server.destroy();
    };
    const pass = (chunk: Buffer, to: Socket, direction: Direction) => {
      if (!isLost(direction)) to.write(chunk);
    };
    client.on('data', (chunk: Buffer) => {
      const fate = breaker.fateOf(chunk);
      if (fate === 'cut') sever();
      else pass(chunk, server, 'toServer');
    });
    server.on('data', (chunk: Buffer) => {
      if (breaker.isAnswerLost) sever();
      else pass(chunk, client, 'toClient');
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      // One side that ends or fails takes the other along, unless the network has lost it.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (!isLost('toServer') && !isLost('toClient')) other.destroy();
      });
    }
  }

  /** Tells whether bytes of a connection get lost; from the first ones that do, all of them. */
  #loser(): (direction: Direction) => boolean {
    const lost = new Set<Direction>();
    return (direction) => {
      if (this.#swallowed === direction) lost.add(direction);
      return lost.has(direction);
    };
  }

  /** The break that this piece leads up to; nobody else is given it. */
  #takeBreak(chunk: Buffer): Break | null {
    const place = this.#break;
    if (place === null || !chunk.includes(simpleQuery(place.statement))) return null;
    this.#break = null;
    this.breaks += 1;
    return place;
  }
}

/** As it is on the wire: `Q`, the length, the text. */
function simpleQuery(statement: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + statement.length + 1);
  return Buffer.concat([Buffer.from('Q'), length, Buffer.from(`${statement}\0`)]);
}

/** Follows what the client of one connection sends up to where it is to break. */
class Breaker {
  readonly #take: (chunk: Buffer) => Break | null;
  #place: Break | null = null;
  #piecesLeft = 0;
  /** Whether the next word of the server is not to be heard. */
  isAnswerLost = false;

  constructor(take: (chunk: Buffer) => Break | null) {
    this.#take = take;
  }

  fateOf(chunk: Buffer): 'pass' | 'cut' {
    if (this.#place === null) {
      this.#place = this.#take(chunk);
      this.#piecesLeft = this.#place?.pieces ?? 0;
    } else this.#piecesLeft -= 1;
    if (this.#place === null || this.#piecesLeft > 0) return 'pass';
    if (!this.#place.isForwarded) return 'cut';
    this.isAnswerLost = true;
    return 'pass';
  }
}
