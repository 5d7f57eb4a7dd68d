namespace ChatKit.Gateway.Endpoints.Spend;

/// <summary>Everything that is asked about money.</summary>
internal static class SpendEndpoints
{
    public static void MapSpend(this IEndpointRouteBuilder routes)
    {
        routes.MapSpendLogs();
        routes.MapSpenders();
        routes.MapGlobalSpend();
        routes.MapSpendReport();
        routes.MapActivity();
        routes.MapDailyActivity();
        routes.MapSpendCalculate();
    }
}
