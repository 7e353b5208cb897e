namespace Workato.Connections;

/// <summary>Gathers what is wrong field by field, so that a person hears everything at once.</summary>
internal sealed class ProblemList
{
    private readonly Dictionary<string, string[]> errors = [];

    public bool Any => errors.Count > 0;

    public void Add(string field, string problem) => errors[field] = errors.TryGetValue(field, out var before) ? [.. before, problem] : [problem];

    public void Add(Refusal refusal)
    {
        foreach (var (field, problems) in refusal.Errors)
        {
            foreach (var problem in problems) Add(field, problem);
        }
    }

    public Refusal ToRefusal() => Refusal.Invalid(errors);
}
