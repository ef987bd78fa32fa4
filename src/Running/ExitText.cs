namespace Bulkhead.Running;

/// <summary>How a process ended, in words.</summary>
internal static class ExitText
{
    public static string Of(int exitCode) => exitCode switch
    {
        137 => "was killed (SIGKILL; where nobody sent it, the kernel was out of memory)",
        134 => "aborted (SIGABRT)",
        139 => "crashed (SIGSEGV)",
        > 128 and < 160 => $"was ended by signal {exitCode - 128}",
        _ => $"ended with exit code {exitCode} and no result",
    };
}
