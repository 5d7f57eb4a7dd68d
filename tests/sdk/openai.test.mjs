// The openai package, https://github.com/openai/openai-node
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { apiKey, ask, baseURL, hello, models, now, place, structuredModels, user, weather } from './gateway.mjs';

const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
const tools = [weather, now].map((fn) => ({ type: 'function', function: fn }));

for (const model of models) {
  test(`${model}: plain`, async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: 'developer', content: 'Be brief.' }, ...user(ask.hello)],
      max_completion_tokens: 100,
      temperature: 0.2,
    });
    assert.equal(answer.choices[0].message.content, hello);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.model, model);
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  });

  test(`${model}: stream`, async () => {
    const stream = client.chat.completions.stream({ model, messages: user(ask.hello), stream_options: { include_usage: true } });
    let text = '';
    stream.on('content', (piece) => (text += piece));
    const answer = await stream.finalChatCompletion();
    assert.equal(text, hello);
    assert.equal(answer.choices[0].message.content, hello);
    assert.ok(answer.usage.completion_tokens > 0);
  });

  test(`${model}: a loop of two tools`, async () => {
    const called = [];
    const runner = client.chat.completions.runTools({
      model,
      messages: user(ask.tools),
      tools: [
        { type: 'function', function: { ...weather, parse: JSON.parse, function: ({ city }) => (called.push(`weather ${city}`), 'sun') } },
        { type: 'function', function: { ...now, parse: JSON.parse, function: () => (called.push('now'), 'noon') } },
      ],
    });
    assert.equal(await runner.finalContent(), 'Sunny at noon.');
    assert.deepEqual(called, ['weather Paris', 'now']);
  });

  test(`${model}: streamed tool calls`, async () => {
    const answer = await client.chat.completions.stream({ model, messages: user(ask.tools), tools, tool_choice: 'required' }).finalChatCompletion();
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    assert.deepEqual(
      answer.choices[0].message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]),
      [['weather', { city: 'Paris' }], ['now', {}]],
    );
  });

  test(`${model}: vision`, async () => {
    const content = [{ type: 'text', text: ask.hello }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }];
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    assert.equal(answer.choices[0].message.content, hello);
  });

  test(`${model}: abort`, async () => {
    const stream = await client.chat.completions.create({ model, messages: user(ask.slowly), stream: true });
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (text === 'one two') break; // leaving the loop aborts the request
    }
    assert.equal(text, 'one two');

    const plain = client.chat.completions.create({ model, messages: user(ask.never) }, { signal: AbortSignal.timeout(300) });
    await assert.rejects(plain, OpenAI.APIUserAbortError);
  });

  for (const [status, type] of [[400, OpenAI.BadRequestError], [401, OpenAI.AuthenticationError], [404, OpenAI.NotFoundError],
    [429, OpenAI.RateLimitError], [500, OpenAI.InternalServerError]]) {
    test(`${model}: the provider's ${status}`, async () => {
      for (const stream of [false, true]) {
        await assert.rejects(client.chat.completions.create({ model, stream, messages: user(ask.fail(status)) }), (error) => {
          assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
          assert.equal(error.status, status);
          assert.match(error.message, /It went wrong/);
          return true;
        });
      }
    });
  }
}

for (const model of structuredModels) {
  test(`${model}: structured output`, async () => {
    const response_format = zodResponseFormat(z.object({ city: z.string(), sights: z.array(z.string()) }), 'place');
    const answer = await client.chat.completions.parse({ model, messages: user(ask.place), response_format });
    assert.deepEqual(answer.choices[0].message.parsed, place);
    assert.equal(answer.choices[0].finish_reason, 'stop');

    const streamed = await client.chat.completions.stream({ model, messages: user(ask.place), response_format }).finalChatCompletion();
    assert.deepEqual(streamed.choices[0].message.parsed, place);

    const any = await client.chat.completions.create({ model, messages: user(`${ask.place} as JSON`), response_format: { type: 'json_object' } });
    assert.deepEqual(JSON.parse(any.choices[0].message.content), place);
  });
}

test('a wrong key and an unknown model', async () => {
  const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL, maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model: 'gpt', messages: user(ask.hello) }), OpenAI.AuthenticationError);
  await assert.rejects(client.chat.completions.create({ model: 'unheard-of', messages: user(ask.hello) }), OpenAI.BadRequestError);
});

test('what Anthropic cannot do is refused by name, or left out and named', async () => {
  const { response } = await client.chat.completions.create({ model: 'claude', seed: 7, drop_params: true, messages: user(ask.hello) }).withResponse();
  assert.equal(response.headers.get('x-chatkit-losses'), 'seed');
  await assert.rejects(client.chat.completions.create({ model: 'claude', n: 2, messages: user(ask.hello) }), { status: 400, param: 'n' });
});
