namespace ChatKit.Gateway.Model;

/// <summary>A deployment that is kept in the database instead of a file, as Config binds it.</summary>
/// <param name="Id">Its <c>model_info.id</c>.</param>
/// <param name="Name">The group that it belongs to.</param>
/// <param name="Parameters"><c>litellm_params</c>: a JSON object with the credentials in it.</param>
/// <param name="Info"><c>model_info</c>: a JSON object.</param>
internal sealed record StoredModel(string Id, string Name, Secret Parameters, string Info);
