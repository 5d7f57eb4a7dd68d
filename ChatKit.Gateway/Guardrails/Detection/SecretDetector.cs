namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Keys and tokens of vendors that give theirs a beginning of its own, so that leaks are found (https://github.com/gitleaks/gitleaks lists what each looks like).</summary>
internal sealed class SecretDetector() : RunDetector(string.Concat(Known.Select(static kind => kind.Prefix[0]).Distinct()), Letters + Digits + "-_.", longest: 4096)
{
    /// <summary>OpenAI and Anthropic (and this gateway), AWS, GitHub, GitLab, Slack, Google, Stripe, Hugging Face, Groq, xAI, npm, PyPI, SendGrid, DigitalOcean; JSON Web Tokens.</summary>
    private static readonly (string Prefix, int Least)[] Known =
    [
        ("sk-", 20), ("AKIA", 16), ("ASIA", 16), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36), ("github_pat_", 22), ("glpat-", 20),
        ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20), ("AIza", 35), ("ya29.", 20), ("sk_live_", 16), ("sk_test_", 16), ("rk_live_", 16),
        ("hf_", 30), ("gsk_", 20), ("xai-", 20), ("npm_", 36), ("pypi-", 50), ("SG.", 40), ("dop_v1_", 64), ("eyJ", 30),
    ];

    protected override bool MayFollow(char before) => !char.IsLetterOrDigit(before) && before is not ('_' or '-');

    protected override bool MayBegin(ReadOnlySpan<char> run)
    {
        foreach (var (prefix, _) in Known)
            if (run.Length < prefix.Length ? prefix.AsSpan().StartsWith(run) : run.StartsWith(prefix)) return true;
        return false;
    }

    protected override int Match(ReadOnlySpan<char> run, char after)
    {
        var token = run.TrimEnd(".-");
        foreach (var (prefix, least) in Known)
        {
            if (!token.StartsWith(prefix) || token.Length - prefix.Length < least) continue;
            // A token of JSON has three parts; most words with a long beginning have none of these digits and letters mixed.
            if (prefix is "eyJ" ? token.Count('.') == 2 : token[prefix.Length..].ContainsAnyInRange('0', '9') || prefix.Length > 4) return token.Length;
        }

        return 0;
    }
}
