import assert from 'node:assert/strict';
import { test } from 'node:test';

import { problemsOf } from './audit.mjs';

const URL = 'https://github.com/advisories/GHSA-0000-0000-0000';
const ADVISORY = { name: 'left', title: 'reads too far', url: URL, severity: 'high', range: '<2.0.0' };
const REPORT = {
  auditReportVersion: 2,
  vulnerabilities: { left: { via: [ADVISORY] }, right: { via: ['left'] } },
};

test('an advisory is a problem once, wherever it reaches', () => {
  assert.deepEqual(problemsOf(REPORT, {}), [`high: left <2.0.0: reads too far (${URL})`]);
});

test('an accepted advisory is none', () => {
  assert.deepEqual(problemsOf(REPORT, { [URL]: 'only read in a test' }), []);
});

test('a registry that does not answer has found nothing out', () => {
  const [problem] = problemsOf({ message: '405 Method Not Allowed', error: { summary: '' } }, {});
  assert.match(problem, /405/);
});
