import { folderForms, reporters } from '../report/registry.js';

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

Exit codes: 0 done, 1 a trial was lost or a gate failed, 2 wrong usage,
3 measurement invalid, 4 a gate is undecided, 130 interrupted by Ctrl-C,
143 by SIGTERM.`,
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

  # Several kinds of tasks together, each in its share.
  ${NAME} run --mix ./render.ts#renderPage=70,scrypt=30 \\
    --args pages.ndjson --param scrypt.cost=1024

  # Is the new version faster, and are its results the same?
  ${NAME} run --versus ./old.ts ./new.ts

  # Is it faster than on main? Both are checked out, and removed again.
  ${NAME} run --worktree main,HEAD ./render.ts#renderPage \\
    --args pages.ndjson

  # What would another Node bring?
  ${NAME} run --node current,../node-24 computing

  # Which of two clients is faster, by each executor?
  ${NAME} run http --param client=request,fetch \\
    --baseline client=fetch --executors limited,queue

  # Tasks that call a server of yours: they find it in SERVE_URL.
  ${NAME} run ./call.mjs --serve "node server.js"

  # A URL: of this machine, or of a server of yours elsewhere.
  ${NAME} run --url http://localhost:3000/items/{index}
  ${NAME} run --url https://staging.example.com/items/{index} \\
    --allow-remote staging.example.com --load rate=50/s

  # A job queue on a broker, with worker processes on this machine.
  ${NAME} run cpu --executors limited,queue,bullmq --threads 2

  # A workload of your own, and an executor of your own.
  ${NAME} run ./my-workload.js
  ${NAME} run cpu --executors limited,queue,./my-pool.ts

  # The scenarios of a config, in half the time.
  ${NAME} run --config examples/threads-vs-loop.config.mjs --budget 10s

  # What would be run, and where each value comes from.
  ${NAME} run --budget 10s --print-plan

  # The report on the screen, and as results/latest.md.
  ${NAME} run --reporter terminal,markdown

  # Who keeps the objective, as test cases of a CI job.
  ${NAME} run http --load rate=500/s --slo "p99<60ms" \\
    --reporter terminal,junit

  # No page (results/latest.html) for a browser.
  ${NAME} run waiting --no-html

  # Every program of the five articles, their waits at a tenth.
  ${NAME} run articles

  # What data costs on its way to a thread and back.
  ${NAME} run cpu --payload 0,64kB,1MB --executors limited,queue

  # Does hashing want more threads of libuv, or workers?
  ${NAME} run scrypt --uv-threads 2,4,8 --executors limited,queue

  # Keep this run, and say later what changed since; 5 % slower fails.
  ${NAME} run computing --save-baseline main
  ${NAME} run computing --baseline-run main --fail-on "slower>5%"

  # Threads have to pay: fails (1) where they do not, 4 if undecided.
  ${NAME} run computing --assert "queue/limited ratio>1.2"`,
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

  # The same for calls of a server of yours elsewhere.
  ${NAME} tune --url https://staging.example.com/ \\
    --allow-remote staging.example.com --load rate=50/s --slo "p99<200ms"
  # What would be searched, and for how long.
  ${NAME} tune cpu --threads 1..4 --print-plan

Exit codes: as of run; 3 where there is no answer.`,
  map: `
Examples:
  # From how much computing on do threads pay here? Three minutes.
  ${NAME} map

  # For a piscina pool, tasks that wait 5 ms, in a minute.
  ${NAME} map --executors limited,piscina --waits 5 --budget 1m

  # Where is the task that was tuned last?
  ${NAME} map --task results/latest.json

Exit codes: as of run; 3 where nothing could be measured.`,
  list: `
Examples:
  ${NAME} list
  ${NAME} list workloads
  ${NAME} list config`,
  report: `
Formats:
${[...reporters, ...folderForms].map(({ name, summary }) => `  ${name.padEnd(13)}${summary}`).join('\n')}

Examples:
  ${NAME} report results/latest.json
  ${NAME} report results/latest.json --format markdown

  # The page that is written as results/latest.html anyway.
  ${NAME} report results/latest.json --format html

  # Every trial, for a spreadsheet.
  ${NAME} report results/latest.json --format csv > trials.csv

  # Charts as files, each for light and for dark pages.
  ${NAME} report results/latest.json --format svg --out charts

  # Tasks of the trials that were recorded, for ui.perfetto.dev.
  ${NAME} report results/latest.json --format trace > trace.json.gz

  # A gate on what was measured, and as test cases of a CI job.
  ${NAME} report results/latest.json --assert "queue/limited ratio>1"
  ${NAME} report results/latest.json --format junit \\
    --assert "queue/limited ratio>1"

  # All runs of a folder: since when is which ratio another one?
  ${NAME} report results
  ${NAME} report results --format html > trends.html

What columns and words mean: docs/results.md in the package, and the page's
glossary.

Exit codes: 0 rendered, 1 an --assert failed, 2 wrong usage or a folder
without results, 4 an --assert is undecided.`,
  compare: `
Examples:
  # What changed since the run that was kept as main?
  ${NAME} compare results/baselines/main.json results/latest.json

  # For a pull request: a table, and an exit code.
  ${NAME} compare base.json new.json --format markdown \\
    --fail-on "slower>5%"

  # Both runs beside each other, as a page of one file.
  ${NAME} compare base.json new.json --format html > changes.html

  # A test case for each change and each gate.
  ${NAME} compare base.json new.json --format junit \\
    --fail-on "slower>5%" > changes.junit.xml

  # Another machine: what that costs is said.
  ${NAME} compare base.json elsewhere.json --force

Exit codes: 0 compared, 1 a gate failed, 2 wrong usage or runs that cannot be
compared, 4 a gate is undecided.`,
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

Exit codes: 0 all kept, 1 not all, 2 wrong usage, 130 or 143 interrupted.`,
  origin: `
Examples:
  # Answer after 50 ms, every hundredth request with 500.
  ${NAME} origin --port 8080 --param waitMs=50 --param errorRate=0.01

  # Answer after 10 ms in the middle, with a long tail.
  ${NAME} origin --param waitMs=10 --param latency=lognormal

Exit codes: 0 ended by Ctrl-C, 143 by SIGTERM, 2 wrong usage.`,
  ui: `
Examples:
  # Open the page in the browser.
  ${NAME} ui --open

  # A function of your program beside what there is.
  ${NAME} ui ./render.ts#renderPage --args pages.ndjson

  # For the phones in a room, on an address and a port of this machine.
  ${NAME} ui --host 192.168.1.20 --port 8080

Exit codes: 0 ended by Ctrl-C, 143 by SIGTERM, 2 wrong usage.`,
  worker: `
Examples:
  # On each machine that is to take tasks; a run then waits for as many as it is
  # told.
  ${NAME} worker cpu --broker redis://broker.example:6379

  # A module of your own, in four processes, until nobody has asked for an hour.
  ${NAME} worker ./render.ts#renderPage \\
    --broker redis://broker.example:6379 --threads 4 --idle-timeout 1h

Exit codes: 0 idle for as long as --idle-timeout, 2 wrong usage, 130 ended by
Ctrl-C, 143 by SIGTERM, both after the tasks in flight.`,
  init: `
Examples:
  # In the folder of your project.
  ${NAME} init

  # In a package of it.
  ${NAME} init packages/api`,
} as const;
