// LangChain's ChatOpenAI, https://github.com/langchain-ai/langchainjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { apiKey, ask, baseURL, hello, models, now, place, structuredModels, weather } from './gateway.mjs';

const chat = (model, options = {}) => new ChatOpenAI({ model, apiKey, maxRetries: 0, configuration: { baseURL }, ...options });

for (const model of models) {
  test(`${model}: plain`, async () => {
    const answer = await chat(model, { temperature: 0.2 }).invoke([new SystemMessage('Be brief.'), new HumanMessage(ask.hello)]);
    assert.equal(answer.text, hello);
    assert.ok(answer.usage_metadata.total_tokens > 0);
  });

  test(`${model}: stream`, async () => {
    let text = '';
    for await (const piece of await chat(model).stream(ask.hello)) text += piece.text;
    assert.equal(text, hello);
  });

  test(`${model}: tools`, async () => {
    const agent = chat(model).bindTools([weather, now].map((fn) => ({ type: 'function', function: fn })));
    const question = new HumanMessage(ask.tools);
    const calls = await agent.invoke([question]);
    assert.deepEqual(calls.tool_calls.map((call) => [call.name, call.args]), [['weather', { city: 'Paris' }], ['now', {}]]);
    const results = calls.tool_calls.map((call) => new ToolMessage({ content: 'sun at noon', tool_call_id: call.id }));
    assert.equal((await agent.invoke([question, calls, ...results])).text, 'Sunny at noon.');
  });

  test(`${model}: abort`, async () => {
    await assert.rejects(async () => {
      for await (const _ of await chat(model).stream(ask.slowly, { signal: AbortSignal.timeout(500) }));
    });
  });

  test(`${model}: errors`, async () => {
    for (const status of [400, 401, 429, 500]) await assert.rejects(chat(model).invoke(ask.fail(status)), { status });
  });
}

for (const model of structuredModels) {
  test(`${model}: structured output`, async () => {
    const schema = z.object({ city: z.string(), sights: z.array(z.string()) });
    const structured = chat(model).withStructuredOutput(schema, { name: 'place', method: 'jsonSchema', strict: true });
    assert.deepEqual(await structured.invoke(ask.place), place);
  });
}

for (const model of models) {
  test(`${model}: vision`, async () => {
    const content = [{ type: 'text', text: ask.hello }, { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }];
    assert.equal((await chat(model).invoke([new HumanMessage({ content })])).text, hello);
  });
}
