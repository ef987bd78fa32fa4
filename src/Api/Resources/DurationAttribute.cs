using System.ComponentModel.DataAnnotations;
using Bulkhead.Api.Loading;

namespace Bulkhead.Api.Resources;

/// <summary>A text that must be a duration (<see cref="Durations"/>): <c>30s</c>, <c>10m</c>. Read it with <see cref="Durations.Parse"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null || (value is string text && Durations.Parse(text) is not null);

    public override string FormatErrorMessage(string name) => "must be a duration such as 30s, 10m or 1h (at most 30 days)";
}
