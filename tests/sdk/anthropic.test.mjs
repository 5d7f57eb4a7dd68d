// The Anthropic package, https://github.com/anthropics/anthropic-sdk-typescript: `claude` is Anthropic itself, `gpt` is told in chat.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import * as z from 'zod';
import { address, apiKey, ask, hello, json, models, now, user, weather } from './gateway.mjs';

const client = new Anthropic({ apiKey, baseURL: address, maxRetries: 0 });
const tools = [weather, now].map(({ name, description, parameters }) => ({ name, description, input_schema: parameters }));
const max_tokens = 100;

for (const model of models) {
  test(`${model}: plain`, async () => {
    const answer = await client.messages.create({ model, max_tokens, system: [{ type: 'text', text: 'Be brief.' }], messages: user(ask.hello), metadata: { user_id: 'u-1' } });
    assert.deepEqual(answer.content.map((block) => [block.type, block.text]), [['text', hello]]);
    assert.deepEqual([answer.type, answer.role, answer.model, answer.stop_reason, answer.stop_sequence], ['message', 'assistant', model, 'end_turn', null]);
    assert.ok(answer.id.startsWith('msg_'));
    assert.ok(answer.usage.input_tokens > 0 && answer.usage.output_tokens > 0);
  });

  test(`${model}: stream`, async () => {
    const seen = [];
    let text = '';
    const stream = client.messages.stream({ model, max_tokens, messages: user(ask.hello) });
    stream.on('streamEvent', (event) => seen.at(-1) === event.type || seen.push(event.type)).on('text', (piece) => (text += piece));
    const answer = await stream.finalMessage();
    assert.equal(text, hello);
    assert.deepEqual(
      seen.filter((type) => type !== 'ping').filter((type, i, all) => type !== all[i - 1]),
      ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
    );
    assert.deepEqual([answer.content[0].text, answer.stop_reason, answer.model], [hello, 'end_turn', model]);
    assert.ok(answer.usage.output_tokens > 0);
  });

  for (const stream of [false, true]) {
    test(`${model}: a loop of two tools${stream ? ', streamed' : ''}`, async () => {
      const called = [];
      const runner = client.beta.messages.toolRunner({
        model,
        max_tokens,
        stream,
        messages: user(ask.tools),
        tools: [
          betaZodTool({ name: 'weather', description: 'The weather of a city', inputSchema: z.object({ city: z.string() }), run: ({ city }) => (called.push(`weather ${city}`), 'sun') }),
          betaZodTool({ name: 'now', description: 'The time', inputSchema: z.object({}), run: () => (called.push('now'), 'noon') }),
        ],
      });
      const answer = await runner.runUntilDone();
      assert.equal(answer.content[0].text, 'Sunny at noon.');
      assert.deepEqual(called, ['weather Paris', 'now']);
    });
  }

  test(`${model}: streamed tool calls`, async () => {
    const answer = await client.messages.stream({ model, max_tokens, messages: user(ask.tools), tools, tool_choice: { type: 'any' } }).finalMessage();
    assert.equal(answer.stop_reason, 'tool_use');
    assert.deepEqual(answer.content.map((block) => [block.type, block.name, block.input]), [['tool_use', 'weather', { city: 'Paris' }], ['tool_use', 'now', {}]]);
  });

  test(`${model}: structured output`, async () => {
    const format = zodOutputFormat(z.object({ city: z.string(), degrees: z.number() }));
    const answer = await client.messages.parse({ model, max_tokens, messages: user(ask.json), output_config: { format } });
    assert.deepEqual(answer.parsed_output, json);
  });

  test(`${model}: vision`, async () => {
    const content = [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }, { type: 'text', text: ask.hello }];
    const answer = await client.messages.create({ model, max_tokens, messages: [{ role: 'user', content }] });
    assert.equal(answer.content[0].text, hello);
  });

  test(`${model}: count tokens`, async () => {
    const { input_tokens } = await client.messages.countTokens({ model, system: 'Be brief.', messages: user(ask.hello), tools });
    assert.ok(input_tokens > 0);
  });

  test(`${model}: abort`, async () => {
    const stream = await client.messages.create({ model, max_tokens, messages: user(ask.slowly), stream: true });
    let text = '';
    for await (const event of stream) {
      text += event.delta?.text ?? '';
      if (text === 'one two') break; // leaving the loop aborts the request
    }
    assert.equal(text, 'one two');

    const plain = client.messages.create({ model, max_tokens, messages: user(ask.never) }, { signal: AbortSignal.timeout(300) });
    await assert.rejects(plain, Anthropic.APIUserAbortError);
  });

  for (const [status, type] of [[400, Anthropic.BadRequestError], [401, Anthropic.AuthenticationError], [404, Anthropic.NotFoundError],
    [429, Anthropic.RateLimitError], [500, Anthropic.InternalServerError]]) {
    test(`${model}: the provider's ${status}`, async () => {
      for (const stream of [false, true]) {
        await assert.rejects(client.messages.create({ model, max_tokens, stream, messages: user(ask.fail(status)) }), (error) => {
          assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
          assert.equal(error.status, status);
          assert.equal(error.error.type, 'error');
          assert.match(error.error.error.message, /It went wrong/);
          return true;
        });
      }
    });
  }
}

test('a wrong key and an unknown model', async () => {
  const stranger = new Anthropic({ apiKey: 'sk-wrong', baseURL: address, maxRetries: 0 });
  await assert.rejects(stranger.messages.create({ model: 'claude', max_tokens, messages: user(ask.hello) }), Anthropic.AuthenticationError);
  await assert.rejects(client.messages.create({ model: 'unheard-of', max_tokens, messages: user(ask.hello) }), Anthropic.BadRequestError);
});

test('what only Anthropic can do is refused by name elsewhere', async () => {
  const search = { type: 'web_search_20250305', name: 'web_search' };
  await assert.rejects(client.messages.create({ model: 'gpt', max_tokens, tools: [search], messages: user(ask.hello) }), /tools\[0\]\.web_search_20250305/);
});
