import { reporters } from '../report/registry.js';

export const NAME = 'threads-vs-loop';

/** What stands below the flags in `--help`. */
export const EXAMPLES = {
  program: `
Examples:
  # Waiting, computing and both, by every executor: about a minute.
  ${NAME} run

  # How many threads does computing want?
  ${NAME} run cpu --executors limited,queue --threads 1,2,4

  # What can be run, and its parameters.
  ${NAME} list

Exit codes: 0 done, 1 a trial was lost, 2 wrong usage, 3 measurement invalid,
130 interrupted by Ctrl-C, 143 by SIGTERM.`,
  run: `
Examples:
  # The default suite.
  ${NAME} run

  # One scenario of it, to within 1 %, in two minutes at most.
  ${NAME} run waiting --precision 1% --budget 2m

  # 100 requests of 20 ms by two executors, with 1 and 16 in flight.
  ${NAME} run http --tasks 100 --param waitMs=20 \\
    --executors limited,queue --in-flight 1,16

  # Response times at 500 requests per second, and who keeps p99 below 60 ms.
  ${NAME} run http --load rate=500/s --slo "p99<60ms" \\
    --executors limited,queue

  # The highest rate at which they still do.
  ${NAME} run mixed --load rate=50..800/s --slo "p99<60ms" \\
    --executors limited,queue

  # As many as there is time for, as load generators do it.
  ${NAME} run http --duration 10s --executors limited,queue

  # From how much computing per task do threads pay?
  ${NAME} run mixed --param cpuMs=0.5,2,8 --baseline limited

  # A value that begins with { [ or " is JSON and not split at commas.
  ${NAME} run http --param 'headers={"accept":"text/html"}'

  # A function of your program, with arguments from a file.
  ${NAME} run ./render.ts#renderPage --args pages.ndjson

  # Is the new version faster, and are its results the same?
  ${NAME} run --versus ./old.ts ./new.ts

  # Which of two clients is faster, by each executor?
  ${NAME} run http --param client=request,fetch \\
    --baseline client=fetch --executors limited,queue

  # Tasks that call a server of yours: they find it in SERVE_URL.
  ${NAME} run ./call.mjs --serve "node server.js"

  # A workload of your own, and an executor of your own.
  ${NAME} run ./my-workload.js
  ${NAME} run cpu --executors limited,queue,./my-pool.ts

  # The scenarios of a config, in half the time.
  ${NAME} run --config examples/threads-vs-loop.config.mjs --budget 10s

  # What would be run, and where each value comes from.
  ${NAME} run --budget 10s --print-plan

  # The report on the screen, and as results/latest.md.
  ${NAME} run --reporter terminal,markdown

  # No page (results/latest.html) for a browser.
  ${NAME} run waiting --no-html

  # Every program of the five articles, their waits at a tenth.
  ${NAME} run articles

  # What data costs on its way to a thread and back.
  ${NAME} run cpu --payload 0,64kB,1MB --executors limited,queue

  # Does hashing want more threads of libuv, or workers?
  ${NAME} run scrypt --uv-threads 2,4,8 --executors limited,queue`,
  tune: `
Examples:
  # How many threads for a function of your program?
  ${NAME} tune ./render.ts#renderPage --args pages.ndjson

  # Two piscina settings, up to 8 threads, in three minutes.
  ${NAME} tune cpu --executors piscina --option atomics=async,sync \\
    --threads 1..8 --budget 3m

  # The smallest that keeps p99 below 50 ms at 200 requests per second.
  ${NAME} tune http --load rate=200/s --slo "p99<50ms"

  # The most with a main loop that is late by less than 5 ms.
  ${NAME} tune cpu --keep-loop "late<5ms"

Exit codes: as of run; 3 where there is no answer.`,
  list: `
Examples:
  ${NAME} list
  ${NAME} list workloads
  ${NAME} list config`,
  report: `
Formats:
${reporters.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}

Examples:
  ${NAME} report results/latest.json
  ${NAME} report results/latest.json --format markdown

  # The page that is written as results/latest.html anyway.
  ${NAME} report results/latest.json --format html`,
  selfcheck: `
Examples:
  # Can this machine be trusted, and with how small a difference?
  ${NAME} selfcheck

  # Two executors, with the figures in a file.
  ${NAME} selfcheck --executors limited,queue --json selfcheck.json

Exit codes: 0 as promised, 1 not, 2 wrong usage, 130 or 143 interrupted.`,
  contract: `
Examples:
  ${NAME} contract ./my-pool.ts
  ${NAME} contract piscina

Exit codes: 0 all kept, 1 not all, 2 wrong usage.`,
  origin: `
Examples:
  # Answer after 50 ms, every hundredth request with 500.
  ${NAME} origin --port 8080 --param waitMs=50 --param errorRate=0.01

  # Answer after 10 ms in the middle, with a long tail.
  ${NAME} origin --param waitMs=10 --param latency=lognormal`,
  init: `
Examples:
  # In the folder of your project.
  ${NAME} init

  # In a package of it.
  ${NAME} init packages/api`,
} as const;
