namespace Workato.Connections.SampleApp.Api;

/// <summary>What somebody wrote down.</summary>
internal sealed record Note(int Id, string Text, DateTimeOffset CreatedAt, string Author);

/// <summary>The notes of all accounts, oldest first.</summary>
internal sealed class NoteBook
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Note> _notes = [];
    private int _lastId;

    public Note Add(string text, DateTimeOffset now, string author)
    {
        lock (_lock)
        {
            var note = new Note(++_lastId, text, now, author);
            _notes.Add(note.Id, note);
            return note;
        }
    }

    public Note? Find(int id)
    {
        lock (_lock) return _notes.GetValueOrDefault(id);
    }

    public IReadOnlyList<Note> Since(int id)
    {
        lock (_lock) return [.. _notes.Values.Where(note => note.Id > id)];
    }

    public bool Remove(int id)
    {
        lock (_lock) return _notes.Remove(id);
    }
}
