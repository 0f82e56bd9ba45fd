const named = {
  name: { type: 'string' },
  pid: { type: 'integer' },
  tid: { type: 'integer' },
  args: { type: 'object' },
} as const;
const timed = { cat: { type: 'string' }, ts: { type: 'number' } } as const;
const METADATA = ['process_name', 'process_labels', 'process_sort_index', 'thread_name', 'thread_sort_index'];

function event(required: readonly string[], properties: object): object {
  return {
    type: 'object',
    required: ['ph', 'name', 'pid', 'tid', ...required],
    properties: { ...named, ...properties },
  };
}

/** Chrome's trace event format: what its document says of phases X, b, e and M. */
export const traceSchema = {
  type: 'object',
  required: ['traceEvents'],
  properties: {
    displayTimeUnit: { enum: ['ms', 'ns'] },
    otherData: { type: 'object' },
    traceEvents: {
      type: 'array',
      items: {
        oneOf: [
          event(['cat', 'ts', 'dur'], {
            ...timed,
            ph: { const: 'X' },
            dur: { type: 'number', minimum: 0 },
          }),
          event(['cat', 'ts', 'id'], { ...timed, ph: { enum: ['b', 'e'] }, id: { type: 'string' } }),
          event(['args'], { ph: { const: 'M' }, name: { enum: METADATA } }),
        ],
      },
    },
  },
};
