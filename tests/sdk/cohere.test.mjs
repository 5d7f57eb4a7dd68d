// The cohere-ai package (https://github.com/cohere-ai/cohere-typescript) asks the gateway's reranking as it would ask Cohere's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CohereClient, CohereClientV2 } from 'cohere-ai';
import { apiKey } from './gateway.mjs';

const options = { token: apiKey, environment: process.env.GATEWAY_ADDRESS, maxRetries: 0 };
const asked = { model: 'ranker', query: 'capital of France', documents: ['Rome', 'Paris', 'Bern'], topN: 2 };

test('rerank, second version', async () => {
  const answer = await new CohereClientV2(options).rerank(asked);
  assert.deepEqual(answer.results.map((result) => result.index), [2, 1]);
  assert.equal(answer.meta.billedUnits.searchUnits, 1);
});

test('rerank, first version, with the documents', async () => {
  const answer = await new CohereClient(options).rerank({ ...asked, documents: [{ text: 'Rome' }, 'Paris', 'Bern'], returnDocuments: true });
  assert.deepEqual(answer.results.map((result) => result.document.text), ['Bern', 'Paris']);
});

test('an unknown model is a bad request', async () => {
  await assert.rejects(new CohereClientV2(options).rerank({ ...asked, model: 'unheard-of' }), { statusCode: 400 });
});
