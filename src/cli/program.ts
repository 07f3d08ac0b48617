import { Command, CommanderError } from 'commander';
import { StoreUnavailable } from '../store/store.ts';
import { type Cli, CommandError, UsageError } from './cli.ts';
import { addAccountCommands } from './commands/account.ts';
import { addBackupCommand } from './commands/backup.ts';
import { addCopyCommand } from './commands/copy.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addImportCommands } from './commands/import.ts';
import { addKeyCommands } from './commands/key.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addNumberCommands } from './commands/number.ts';
import { addRejectCommands } from './commands/rejects.ts';
import { addRetentionCommands } from './commands/retention.ts';
import { addServeCommand } from './commands/serve.ts';
import { addTokenCommands } from './commands/token.ts';
import { addUserCommands } from './commands/user.ts';
import { addVerifyCommands } from './commands/verify.ts';

/** 0 done, 1 not done, 2 called in a wrong way. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command line (without the program's own name). */
export async function runProgram(words: readonly string[], cli: Cli, version: string): Promise<ExitCode> {
  const program = buildProgram(cli, version);
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) return fail(cli, error.message, 2);
    if (error instanceof CommandError || error instanceof StoreUnavailable) return fail(cli, error.message, 1);
    // What nobody expected is shown whole: it is to be reported.
    return fail(cli, error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
  }
}

function fail<C extends ExitCode>(cli: Cli, message: string, code: C): C {
  cli.say(`voxgauge: ${message}`);
  return code;
}

function buildProgram(cli: Cli, version: string): Command {
  const program = new Command('voxgauge')
    .description('Analytics for voice applications.')
    .version(version)
    .configureOutput({
      writeOut: (text) => cli.print(text.trimEnd()),
      writeErr: (text) => cli.say(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error:/, 'voxgauge:')),
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  addServeCommand(program, cli);
  addDemoCommand(program, cli);
  addUserCommands(program, cli);
  addAccountCommands(program, cli);
  addNumberCommands(program, cli);
  addKeyCommands(program, cli);
  addTokenCommands(program, cli);
  addImportCommands(program, cli);
  addRejectCommands(program, cli);
  addVerifyCommands(program, cli);
  addRetentionCommands(program, cli);
  addBackupCommand(program, cli);
  addCopyCommand(program, cli);
  addMigrateCommand(program, cli);
  return program;
}
