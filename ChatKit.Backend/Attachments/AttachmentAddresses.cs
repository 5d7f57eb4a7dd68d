namespace ChatKit.Backend.Attachments;

/// <summary>Where an attachment's bytes go and come from, by the name under which the client reached us.</summary>
internal sealed class AttachmentAddresses(IHttpContextAccessor http)
{
    public const string Path = "/attachments";

    public string Of(string id)
    {
        var request = http.HttpContext!.Request;
        return $"{request.Scheme}://{request.Host}{request.PathBase}{Path}/{id}";
    }
}
