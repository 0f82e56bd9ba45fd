import { expect, test } from 'vitest';
import { findServer } from '../../src/hosts/broker-process.js';

test('where no server is on the PATH it is said how to get one', () => {
  expect(() => findServer('valkey', '/nowhere')).toThrow(
    /^bullmq: expected a broker \(valkey-server on the PATH\), got none\. Install one .*--broker redis:\/\/HOST:6379\.$/,
  );
});
