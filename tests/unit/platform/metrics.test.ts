// Promises to operators about metrics: what happened is counted, in bounded series.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../../src/platform/metrics.ts'

test('an operator reads requests, jobs, deliveries, activities and database work as Prometheus text', async () => {
  const metrics = createMetrics()
  metrics.httpRequest('/api/v1/statuses/:id', 'GET', 200, 0.002)
  metrics.httpRequest('/api/v1/statuses/:id', 'GET', 404, 0.002)
  metrics.job('fan-out', 'done', 0.2)
  metrics.delivery('delivered')
  metrics.delivery('retry')
  metrics.inbox('Create', 'done')
  metrics.database('read', 0.0001)
  let waiting = 7
  metrics.gauge('jobs_waiting', 'Jobs that wait.', () => waiting)
  const text = await metrics.text()
  assert.match(
    text,
    /folkmoot_http_request_seconds_count\{route="\/api\/v1\/statuses\/:id",method="GET",status="2xx"\} 1/,
  )
  assert.match(text, /folkmoot_http_request_seconds_count\{.*status="4xx"\} 1/)
  assert.match(text, /folkmoot_job_seconds_sum\{kind="fan-out",outcome="done"\} 0\.2/)
  assert.match(text, /folkmoot_deliveries_total\{outcome="retry"\} 1/)
  assert.match(text, /folkmoot_inbox_activities_total\{activity="Create",outcome="done"\} 1/)
  assert.match(text, /folkmoot_database_seconds_count\{kind="read"\} 1/)
  assert.match(text, /folkmoot_jobs_waiting 7/)
  assert.match(text, /process_resident_memory_bytes \d/)
  waiting = 3
  assert.match(await metrics.text(), /folkmoot_jobs_waiting 3/)
  assert.match(metrics.contentType, /^text\/plain/)
})

test('paths and methods invented by callers do not make endless series', async () => {
  const metrics = createMetrics({ processMetrics: false })
  for (let index = 0; index < 2_000; index += 1)
    metrics.httpRequest(`/made/up/${index}`, `M${index}`, 404, 0.001)
  const counts = (await metrics.text()).match(/_count\{/g) ?? []
  assert.ok(counts.length <= 301, String(counts.length))
})
