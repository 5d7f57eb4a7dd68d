using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>One turn of the default assistant: what is asked of whom, and what it may use.</summary>
/// <param name="Answer">What is written.</param>
/// <param name="Model">Who is asked.</param>
/// <param name="Messages">What it reads; rounds of tools are added.</param>
/// <param name="Budget">How many tokens of messages it reads; null where nobody knows, or had to ask.</param>
/// <param name="Tools">What it may call.</param>
/// <param name="FirstTools">What it must call one of first, as the composer chose; empty: nothing.</param>
internal sealed record AgentTurn(AnswerWriter Answer, string Model, List<ChatMessage> Messages, int? Budget, ToolSet Tools, IReadOnlyList<string> FirstTools);
