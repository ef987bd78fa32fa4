using System.Runtime.InteropServices;
using System.Text;

namespace Bulkhead.Load;

internal static class Report
{
    public static string Write(IReadOnlyList<Section> sections, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine($"# Load report, {now:yyyy-MM-dd}").AppendLine();
        text.AppendLine("Many users in one process, through the engine factory, with real Lua VMs and a real PostgreSQL on loopback.");
        text.AppendLine("Compare the ratios: the absolute times are those of a machine that does other work at the same time.").AppendLine();
        text.AppendLine($"- {Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}");
        text.AppendLine("- Made by `dotnet run -c Release --project benchmarks/Load -- --output FILE`");
        foreach (var section in sections)
        {
            text.AppendLine().AppendLine($"## {section.Title}").AppendLine().AppendLine(section.Setting).AppendLine();
            text.AppendLine("| measured | value | asked for | holds |").AppendLine("|---|---|---|---|");
            foreach (var figure in section.Figures)
                text.AppendLine($"| {figure.What} | {figure.Value} | {figure.Bound} | {(figure.Bound == "" ? "" : figure.Holds ? "yes" : "**no**")} |");
        }

        return text.ToString();
    }
}
