using Bulkhead.Api.Problems;
using Bulkhead.Server.Access;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Server;

/// <summary><c>bulkhead serve</c>: judges the options, runs the server until it is told to stop.</summary>
public static class ServeProgram
{
    /// <summary>Runs the server.</summary>
    /// <param name="options">What the command line says.</param>
    /// <param name="output">Gets one line with the address once it listens.</param>
    /// <param name="stop">Drain and stop.</param>
    /// <param name="atOnce">No longer wait for what runs.</param>
    /// <returns>Faults that kept it from starting; none when it ran.</returns>
    public static async Task<IReadOnlyList<Problem>> RunAsync(ServeOptions options, TextWriter output, CancellationToken stop, CancellationToken atOnce)
    {
        using var logs = LoggerFactory.Create(log => log
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat, line.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ ", true))
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var (host, problems) = new ServerOpening(options, new ServerSettings(), logs).Open();
        if (host is null) return problems;
        await using (host)
        {
            try
            {
                await host.StartAsync();
            }
            catch (IOException e)
            {
                return [ServerOpening.Fault("ADDRESS_UNUSABLE", e.Message, "--listen")];
            }

            await output.WriteLineAsync($"bulkhead serve listens on {host.Address.GetLeftPart(UriPartial.Authority)}");
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await host.StopAsync(atOnce);
            return [];
        }
    }

    /// <summary>A new token with its entry for the tokens file.</summary>
    /// <returns>The token, which is shown once; the entry; or the faults of the owner or the roles.</returns>
    public static (string Token, string Entry, IReadOnlyList<Problem> Problems) NewToken(string tenant, string user, IReadOnlyList<string> roles)
    {
        var faults = TokensFile.OwnerFaults(new Owner(tenant, user)).ToList();
        faults.AddRange(roles.Where(r => !Role.All.Contains(r))
            .Select(r => ServerOpening.Fault("UNKNOWN_ROLE", $"There is no role '{r}'; there are {string.Join(", ", Role.All)}.", "--role")));
        var token = BearerToken.New();
        var entry = $"- {{user: {Quoted(user)}, tenant: {tenant}, roles: [{string.Join(", ", roles)}], sha256: {Quoted(Convert.ToHexStringLower(BearerToken.Hash(token)))}}}";
        return (token, entry, faults);
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text, ServerJson.Default.String);
}
