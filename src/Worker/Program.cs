using System.Diagnostics;
using System.Runtime.InteropServices;
using Bulkhead.Api.Contract;
using Bulkhead.Otlp;
using Bulkhead.Worker;

const string Usage = """
    The process that runs one execution. Started by the operator or by `bulkhead run`, seldom by hand.

    Usage:
      bulkhead-worker run DIR [--lifeline]   run the job of the contract directory DIR
      bulkhead-worker release DIR            end the server sessions of a run that died
      bulkhead-worker audit DIR              count the sessions of a connection by owner tag

      --lifeline          end, release and remove DIR when standard input closes
      --attempt N         which attempt this is (default: as the job says)
      --job-digest HEX    SHA-256 of job.json.gz; another job is not run (default: any)

    Standard output: events as NDJSON, the result as the last line. Exit codes: 0 succeeded or released, 1 failed or
    not proven, 2 bad input, 3 internal error, 130 cancelled.
    """;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

// Only where the operator says so: the packages of OpenTelemetry are not even loaded otherwise.
using var export = Environment.GetEnvironmentVariable(Tracing.EndpointVariable) is { Length: > 0 } collector && Uri.TryCreate(collector, UriKind.Absolute, out var endpoint)
    ? OtlpExport.Start(endpoint, "bulkhead-worker", Tracing.SourceName)
    : null;
using var span = Tracing.Source.StartActivity(args.FirstOrDefault() ?? "", ActivityKind.Consumer, Environment.GetEnvironmentVariable(Tracing.ParentVariable));

switch (args)
{
    case ["run", var path, "--lifeline"]:
        return await Lifeline.RunAsync(path, Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, stop);
    case ["run", var path, .. var options] when Contract(path, options) is { } directory:
        return await RunVerb.RunAsync(directory, Console.OpenStandardOutput(), TimeProvider.System, stop.Token);
    case ["release", var path, .. var options] when Contract(path, options) is { } directory:
        return await ReleaseVerb.RunAsync(directory, Console.OpenStandardOutput(), TimeProvider.System, stop.Token);
    case ["audit", var path, .. var options] when Contract(path, options) is { } directory:
        return await AuditVerb.RunAsync(directory, Console.OpenStandardOutput(), TimeProvider.System, stop.Token);
    case ["--help" or "-h"]:
        Console.Out.WriteLine(Usage);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return ExitCode.BadInput;
}

static ContractDirectory? Contract(string path, string[] options) => options switch
{
    [] => new ContractDirectory(path),
    ["--attempt", var text] when int.TryParse(text, out var attempt) => new ContractDirectory(path, attempt),
    ["--attempt", var text, "--job-digest", { Length: 64 } digest] when int.TryParse(text, out var attempt) => new ContractDirectory(path, attempt, digest),
    _ => null,
};

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
