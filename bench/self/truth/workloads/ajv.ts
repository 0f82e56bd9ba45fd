import { Ajv } from 'ajv';
import { defineWorkload } from '../../../../src/workloads/workload.js';

const OBJECTS = 200;
/** So far apart do the lists of two tasks begin at most. */
const OFFSETS = 50;

const SCHEMA = {
  type: 'object',
  required: ['id', 'name', 'email', 'address', 'orders'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 0 },
    name: { type: 'string', minLength: 1, maxLength: 40 },
    email: { type: 'string', pattern: '^[a-z0-9.]+@[a-z0-9.]+\\.[a-z]{2,}$' },
    address: {
      type: 'object',
      required: ['street', 'code'],
      properties: { street: { type: 'string' }, code: { type: 'string', pattern: '^[0-9]{5}$' } },
    },
    orders: {
      type: 'array',
      uniqueItems: true,
      items: {
        type: 'object',
        required: ['article', 'count'],
        properties: {
          article: { type: 'string', minLength: 3 },
          count: { type: 'integer', minimum: 1 },
          state: { enum: ['open', 'sent', 'paid'] },
        },
      },
    },
  },
};

export default defineWorkload({
  name: 'ajv',
  summary: `checks ${OBJECTS} objects by a compiled schema of ajv`,
  kind: 'cpu',
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: async () => ({
    isValid: new Ajv({ allErrors: true }).compile(SCHEMA),
    customers: Array.from({ length: OBJECTS + OFFSETS }, (_, id) => customer(id)),
  }),
  async task({ isValid, customers }, index) {
    const first = index % OFFSETS;
    let valid = 0;
    for (let at = first; at < first + OBJECTS; at++) if (isValid(customers[at])) valid++;
    return valid;
  },
});

/** Every ninth has an address that is none. */
function customer(id: number) {
  return {
    id,
    name: `Customer no. ${id}`,
    email: `customer.${id}@example.org`,
    address: { street: `Street ${id % 100}`, code: id % 9 === 0 ? 'none' : String(10_000 + id) },
    orders: Array.from({ length: 4 + (id % 5) }, (_, order) => ({
      article: `article ${id * 10 + order}`,
      count: 1 + (order % 3),
      state: ['open', 'sent', 'paid'][order % 3],
    })),
  };
}
