using System.Globalization;
using System.Runtime.CompilerServices;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>How long each scenario took to have no session left, for the report: <c>artifacts/oracle.csv</c> (scenario, bound in s, taken in s).</summary>
internal static class Figures
{
    private static readonly Lock Writing = new();

    public static void Add(TimeSpan bound, TimeSpan taken, [CallerFilePath] string file = "", [CallerMemberName] string scenario = "")
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}.{scenario},{bound.TotalSeconds:0},{taken.TotalSeconds:0.00}\n");
        lock (Writing)
        {
            Directory.CreateDirectory(Path.Combine(ApiServer.Root, "artifacts"));
            File.AppendAllText(Path.Combine(ApiServer.Root, "artifacts", "oracle.csv"), line);
        }
    }
}
