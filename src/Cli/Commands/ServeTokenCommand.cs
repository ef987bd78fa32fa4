using System.CommandLine;
using System.Runtime.CompilerServices;
using Bulkhead.Cli.Output;
using Bulkhead.Server;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead serve token</c>: a new token. The entry goes to standard output, the token, once, to standard error.</summary>
internal static class ServeTokenCommand
{
    public static Command Create()
    {
        var user = new Option<string>("--user") { Description = "The user that the token stands for.", Required = true };
        var tenant = new Option<string>("--tenant") { Description = "The user's tenant.", DefaultValueFactory = _ => "local" };
        var roles = new Option<string[]>("--role") { Description = "runner (start and look), viewer (look) or metrics. May be repeated. Default: runner.", DefaultValueFactory = _ => ["runner"] };
        var command = new Command("token", "Makes a token: its entry for the tokens file on standard output, the token itself on standard error.") { user, tenant, roles };
        command.SetAction(parsed => Make(parsed.GetValue(tenant)!, parsed.GetValue(user)!, parsed.GetValue(roles)!));
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Make(string tenant, string user, string[] roles)
    {
        var (token, entry, problems) = ServeProgram.NewToken(tenant, user, roles);
        TextReport.WriteProblems(Terminals.Error(noColor: false), problems);
        if (problems.Count > 0) return ExitCode.BadInput;
        Console.Out.WriteLine(entry);
        Console.Error.WriteLine(token);
        return ExitCode.Succeeded;
    }
}
