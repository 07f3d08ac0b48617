import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { printReportCsv, printReportJson, printReportNdjson, type ReportPage } from '../../wire/reports/answer.ts';
import type { ProblemDetails } from '../../wire/reports/problem.ts';
import { type HttpProblem, messageOf, statusOf } from '../problems.ts';
import { askToComeBack } from '../surface.ts';

/** Representations of a report, by media type. */
const printers: ReadonlyMap<string, (page: ReportPage) => string> = new Map([
  ['application/json', printReportJson],
  ['text/csv', printReportCsv],
  ['application/x-ndjson', printReportNdjson],
]);

/** Sends a report in the first representation that the client asks for and there is; JSON when there is none. */
export function sendReport(request: FastifyRequest, reply: FastifyReply, page: ReportPage): FastifyReply {
  const wanted = (request.headers.accept ?? '').toLowerCase().split(',');
  const accepted = wanted.filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each));
  const types = accepted.map((each) => each.split(';')[0]?.trim() ?? '');
  const type = types.find((each) => printers.has(each)) ?? 'application/json';
  const print = printers.get(type) ?? printReportJson;
  const charset = type === 'text/csv' ? '; charset=utf-8' : '';
  reply.header('Content-Type', `${type}${charset}`);
  return reply.send(Buffer.from(print(page)));
}

/** Problem details (RFC 9457). */
export async function sendProblem(
  _request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem & { readonly parameter?: string },
): Promise<FastifyReply> {
  const status = statusOf(problem);
  reply.code(status).header('Content-Type', 'application/problem+json');
  if (status === 503) askToComeBack(reply);
  if (status === 401) reply.header('WWW-Authenticate', 'Basic realm="Voxgauge", Bearer realm="Voxgauge"');
  const details: ProblemDetails = {
    type: `/docs/guides/errors#${problem.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: messageOf(problem),
    ...(problem.parameter === undefined ? {} : { parameter: problem.parameter }),
  };
  return reply.send(Buffer.from(JSON.stringify(details)));
}
