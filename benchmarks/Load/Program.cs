// Measures many users in one process and writes the report as Markdown.
//   dotnet run -c Release --project benchmarks/Load -- [--output FILE]
using Bulkhead.Load;
using Bulkhead.Load.Scenarios;

var scenarios = new Func<Task<Section>>[]
{
    BatchScenario.MeasureAsync, AtOnceScenario.MeasureAsync, HeavyUserScenario.MeasureAsync, MemoryScenario.MeasureAsync, ReleaseScenario.MeasureAsync,
};
await Workloads.WarmUpAsync();
var sections = new List<Section>();
foreach (var scenario in scenarios)
{
    sections.Add(await scenario());
    await Console.Error.WriteLineAsync(sections[^1].Title);
}

var report = Report.Write(sections, TimeProvider.System.GetUtcNow());
if (args is ["--output", var file]) await File.WriteAllTextAsync(file, report);
else await Console.Out.WriteAsync(report);
return sections.All(section => section.Figures.All(figure => figure.Holds)) ? 0 : 1;
