using SharpProbe.Build.Compile;
using SharpProbe.Build.Elf;
using SharpProbe.Build.Images;

namespace SharpProbe.Build.Dist;

/// <summary>A board's images as they go out.</summary>
/// <param name="Board">Its facts.</param>
/// <param name="Boot">The boot loader.</param>
/// <param name="Application">What it starts.</param>
sealed record DistImages(BoardFacts Board, FlashImage Boot, FlashImage Application)
{
    public static readonly string[] Extensions = [".elf", ".bin", ".hex", ".dfu"];

    public string BootName => "boot_" + Board.Name;

    /// <summary>Both, for a board that has neither.</summary>
    public string FirstName => "first_" + Board.Name;

    public static DistImages Read(BoardFacts board) => new(board, Image("boot_" + board.Name), Image(board.Name));

    /// <summary>The files that ./build.sh firmware left, copied, and those that hold both images.</summary>
    public void Write(string folder)
    {
        foreach (string name in new[] { BootName, Board.Name })
            foreach (string extension in Extensions) File.Copy(Target.Named(name)[0].File(extension), Path.Combine(folder, name + extension), overwrite: true);
        if (Board.BesideSt is { } beside)
            foreach (string extension in Extensions.Where(extension => extension != ".dfu")) File.Copy(Target.Named(beside)[0].File(extension), Path.Combine(folder, beside + extension), overwrite: true);
        string first = Path.Combine(folder, FirstName);
        File.WriteAllBytes(first + ".bin", FlashImage.Join(Boot, Application).Bytes);
        File.WriteAllText(first + ".hex", IntelHex.Write(Boot, Application));
        File.WriteAllBytes(first + ".dfu", DfuSe.WriteAll([Boot, Application], $"SharpProbe {FirstName}"));
    }

    private static FlashImage Image(string name)
    {
        string elf = Target.Named(name)[0].File(".elf");
        return File.Exists(elf) ? FlashImage.From(ElfObject.Read(elf)) : throw new BuildError($"{Repository.Relative(elf)} is not built");
    }
}
