using SharpProbe.Build.Elf;

namespace SharpProbe.Build.PostLink;

/// <summary>Words behind a function that it and those before it load: addresses, which the linker fills in, and constants.</summary>
sealed class LiteralPool
{
    private readonly List<(ElfSymbol? Symbol, uint Value)> _words = [];

    public uint NewOffset { get; set; }

    public uint Size => (uint)_words.Count * 4;

    public IReadOnlyList<(ElfSymbol? Symbol, uint Value)> Words => _words;

    /// <summary>Offset of the word that an item loads.</summary>
    public uint OffsetOf(CodeItem item) => NewOffset + (uint)_words.IndexOf(Word(item)) * 4;

    public void Add(CodeItem item)
    {
        if (!_words.Contains(Word(item))) _words.Add(Word(item));
        item.Pool = this;
        item.NewSize = 2;
    }

    private static (ElfSymbol?, uint) Word(CodeItem item) => item.Kind == CodeKind.Constant ? (null, item.Target) : (item.Symbol, 0);
}
