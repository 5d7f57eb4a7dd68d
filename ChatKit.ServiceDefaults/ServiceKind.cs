namespace ChatKit.ServiceDefaults;

/// <summary>Which of the three services a host is: it decides which variables must be there before it starts.</summary>
public enum ServiceKind
{
    /// <summary>The LLM gateway in front of every model provider.</summary>
    Gateway,

    /// <summary>The ChatKit back end with the chat page.</summary>
    Backend,

    /// <summary>The jobs that take longer than a request.</summary>
    Worker,
}
