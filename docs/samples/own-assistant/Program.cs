using ChatKit.Backend;
using ChatKit.Backend.Turns;
using ChatKit.ServiceDefaults.Hosting;
using OwnAssistant;

return await ServiceHost.RunAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddBackend();
    builder.Services.AddScoped<IResponder, TeaRoom>();
    return builder.Build().MapBackend();
});
