/** The same for workerpool. */
import workerpool from 'workerpool';
import task from './pool-task.js';

workerpool.worker({ run: (index: number) => task(index) });
