import type { PathApplication } from '../../domain/reports/path.ts';
import type { Printable } from './printable.ts';

/** `{"applications":{"https://ivr.example/start.php":[{"page":…,"form":…,"item":…,"visits":…,…},…]}}` */
export const pathAnswer = (applications: readonly PathApplication[]): Printable => ({
  applications: new Map(
    applications.map(({ application, nodes }) => [application, nodes.map((node) => ({ ...node }))]),
  ),
});
