using Workato.Connections.SampleApp.SignIn;
using Workato.Connections.SampleApp.SignIn.OAuth2;

namespace Workato.Connections.SampleApp.Api;

/// <summary>The one thing the app is for: notes that can be written, polled and thrown away.</summary>
internal static class NotesEndpoints
{
    private const int MaxLength = 1000;

    public static void MapNotes(this IEndpointRouteBuilder api)
    {
        var reading = api.MapGroup("/notes").WithMetadata(new NeededScope(Scopes.NotesRead));
        reading.MapGet("", List);
        reading.MapGet("/{id:int}", (int id, SampleAppState state) =>
            state.Notes.Find(id) is { } note ? Answers.Json(note) : NoNote(id));

        var writing = api.MapGroup("/notes").WithMetadata(new NeededScope(Scopes.NotesWrite));
        writing.MapPost("", AddAsync);
        writing.MapDelete("/{id:int}", (int id, SampleAppState state) =>
            state.Notes.Remove(id) ? Results.NoContent() : NoNote(id));
    }

    private static IResult List(HttpRequest request, SampleAppState state) =>
        Answers.TryRead(request, "since_id", min: 0, max: int.MaxValue, fallback: 0, out var id)
            ? Answers.Json(state.Notes.Since(id))
            : Answers.Invalid("since_id", "since_id must be the id of a note.");

    private static async Task<IResult> AddAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var text = (await Answers.ReadAsync<NewNote>(context.Request))?.Text;
        if (string.IsNullOrWhiteSpace(text)) return Answers.Invalid("text", "text is missing: send JSON with a text.");
        if (text.Length > MaxLength)
            return Answers.Invalid("text", $"text has {text.Length} characters, at most {MaxLength} are allowed.");

        var note = state.Notes.Add(text, clock.GetUtcNow(), Caller.Of(context).Account.Username);
        context.Response.Headers.Location = MountPoint.Url(context, $"/api/notes/{note.Id}");
        return Answers.Json(note, StatusCodes.Status201Created);
    }

    private static IResult NoNote(int id) => Answers.NotFound($"There is no note {id}.");

    private sealed record NewNote(string? Text);
}
