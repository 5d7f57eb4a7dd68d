// The Responses API of the openai package, https://github.com/openai/openai-node: `gpt` has it, `claude` is told in chat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import * as z from 'zod';
import { apiKey, ask, baseURL, hello, json, models, now, user, weather } from './gateway.mjs';

const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
const tools = [weather, now].map((fn) => ({ type: 'function', strict: true, ...fn }));

for (const model of models) {
  test(`${model}: plain`, async () => {
    const answer = await client.responses.create({ model, instructions: 'Be brief.', input: ask.hello, max_output_tokens: 100 });
    assert.deepEqual([answer.output_text, answer.status, answer.model, answer.instructions], [hello, 'completed', model, 'Be brief.']);
    assert.equal(answer.usage.total_tokens, answer.usage.input_tokens + answer.usage.output_tokens);
  });

  test(`${model}: stream`, async () => {
    const seen = [];
    let text = '';
    const stream = client.responses.stream({ model, input: user(ask.hello) });
    stream.on('event', ({ type }) => seen.at(-1) === type || seen.push(type)).on('response.output_text.delta', ({ delta }) => (text += delta));
    const answer = await stream.finalResponse();
    assert.deepEqual([text, answer.output_text], [hello, hello]);
    assert.deepEqual(seen, ['response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added', 'response.output_text.delta',
      'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed']);
  });

  test(`${model}: a loop of two tools`, async () => {
    const input = user(ask.tools);
    const calls = await client.responses.create({ model, input, tools });
    assert.deepEqual(calls.output.map((item) => [item.type, item.name, JSON.parse(item.arguments)]), [['function_call', 'weather', { city: 'Paris' }], ['function_call', 'now', {}]]);
    input.push(...calls.output, ...calls.output.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'sun' })));
    assert.equal((await client.responses.create({ model, input, tools })).output_text, 'Sunny at noon.');
  });

  test(`${model}: a loop of two tools that the gateway remembers`, async () => {
    const calls = await client.responses.create({ model, input: ask.tools, tools });
    const input = calls.output.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: 'sun' }));
    const answer = await client.responses.create({ model, input: [...input, ...user(ask.tools)], tools, previous_response_id: calls.id });
    assert.deepEqual([answer.output_text, answer.previous_response_id], ['Sunny at noon.', calls.id]);
  });

  test(`${model}: streamed tool calls`, async () => {
    const answer = await client.responses.stream({ model, input: ask.tools, tools, tool_choice: 'required' }).finalResponse();
    assert.deepEqual(answer.output.map((item) => [item.name, JSON.parse(item.arguments)]), [['weather', { city: 'Paris' }], ['now', {}]]);
  });

  test(`${model}: structured output`, async () => {
    const format = zodTextFormat(z.object({ city: z.string(), degrees: z.number() }), 'weather');
    const answer = await client.responses.parse({ model, input: ask.json, text: { format } });
    assert.deepEqual(answer.output_parsed, json);
  });

  test(`${model}: vision`, async () => {
    const content = [{ type: 'input_text', text: ask.hello }, { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' }];
    assert.equal((await client.responses.create({ model, input: [{ role: 'user', content }] })).output_text, hello);
  });

  test(`${model}: kept, listed, gone on from, deleted`, async () => {
    const first = await client.responses.create({ model, input: ask.hello });
    const second = await client.responses.create({ model, input: ask.hello, previous_response_id: first.id });
    assert.equal((await client.responses.retrieve(second.id)).output_text, hello);
    const items = [];
    for await (const item of client.responses.inputItems.list(second.id, { limit: 1, order: 'asc' })) items.push(item.content[0].text);
    assert.deepEqual(items, [ask.hello, hello, ask.hello]);
    await client.responses.delete(second.id);
    await assert.rejects(client.responses.retrieve(second.id), OpenAI.NotFoundError);
  });

  test(`${model}: abort`, async () => {
    const stream = await client.responses.create({ model, input: ask.slowly, stream: true });
    let text = '';
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (text === 'one two') break; // leaving the loop aborts the request
    }
    assert.equal(text, 'one two');

    const plain = client.responses.create({ model, input: ask.never }, { signal: AbortSignal.timeout(300) });
    await assert.rejects(plain, OpenAI.APIUserAbortError);
  });

  for (const [status, type] of [[400, OpenAI.BadRequestError], [401, OpenAI.AuthenticationError], [429, OpenAI.RateLimitError], [500, OpenAI.InternalServerError]]) {
    test(`${model}: the provider's ${status}`, async () => {
      for (const stream of [false, true]) {
        await assert.rejects(client.responses.create({ model, stream, input: ask.fail(status) }), (error) => {
          assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
          assert.match(error.message, /It went wrong/);
          return true;
        });
      }
    });
  }
}

test('what nobody offers is refused by name', async () => {
  await assert.rejects(client.responses.create({ model: 'gpt', input: ask.hello, background: true }), { status: 400, param: 'background' });
  await assert.rejects(client.responses.create({ model: 'claude', input: ask.hello, tools: [{ type: 'web_search' }] }), { status: 400, param: 'tools[0].web_search' });
});
