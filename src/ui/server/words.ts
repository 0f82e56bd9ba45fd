import type { RunEvent } from '../../measure/events.js';
import { harmless } from '../../report/text.js';

/** How far a run has come, in a few words; null: it has come no further. */
export function progressText(event: RunEvent): string | null {
  switch (event.type) {
    case 'run-started':
      return 'Getting ready';
    case 'scenario-started':
      return `${harmless(event.scenario.title)}: a task alone`;
    case 'scenario-planned':
      return 'Starting fresh processes';
    case 'trial': {
      const { trial, fork, ofRounds, executor } = event;
      const round = trial.round === 0 ? 'first, cold trials' : `round ${trial.round} of ${ofRounds}`;
      return `Fork ${fork}, ${round}: ${harmless(executor)} is done`;
    }
    case 'fork':
      return `Fork ${event.fork} is done`;
    default:
      return null;
  }
}
