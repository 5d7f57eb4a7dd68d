namespace ChatKit.Browser.Tests.Fake;

/// <summary>Pictures that come with what names them, so that nothing is fetched.</summary>
internal static class Pictures
{
    /// <summary>A sun over the sea.</summary>
    public const string Sunset =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 480 300' width='480' height='300'%3E%3ClinearGradient id='s' x2='0' y2='1'%3E%3Cstop stop-color='%23f7b267'/%3E"
        + "%3Cstop offset='1' stop-color='%23d8576b'/%3E%3C/linearGradient%3E%3Crect width='480' height='300' fill='url(%23s)'/%3E%3Ccircle cx='240' cy='190' r='52' fill='%23fff1c1'/%3E"
        + "%3Crect y='200' width='480' height='100' fill='%23355070'/%3E%3C/svg%3E";
}
