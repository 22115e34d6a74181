using System.Security.Cryptography;
using SharpProbe.Build;
using SharpProbe.Build.Dist;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Build;

/// <summary>The released folder, from the images that ./build.sh firmware left.</summary>
public sealed class DistTests : IClassFixture<DistTests.Folder>
{
    private readonly Folder _dist;

    public DistTests(Folder dist) => _dist = dist;

    public static TheoryData<string> Boards => [.. BoardFacts.All.Select(board => board.Name)];

    [Fact] public void Every_board_has_its_facts() =>
        Assert.Equal(SharpProbe.Build.Compile.Target.Boards.Select(target => target.Name), BoardFacts.All.Select(board => board.Name));

    [Fact] public void Two_runs_give_equal_bytes()
    {
        using Folder again = new();
        Assert.Equal(_dist.Files, again.Files);
        Assert.All(_dist.Files, file => Assert.True(_dist.Bytes(file).AsSpan().SequenceEqual(again.Bytes(file)), file));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Dfu_suffix_accepts_the_DfuSe_files(string board)
    {
        foreach (string name in new[] { board, "boot_" + board, "first_" + board })
        {
            ShellResult result = Shell.Capture("dfu-suffix", ["-c", _dist.File(name + ".dfu")]);
            Assert.True(result.ExitCode == 0 && result.Text.Contains("BCD DFU:\t0x011A"), $"{name}.dfu: {result.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_first_images_hold_boot_loader_and_application_in_their_places(string board)
    {
        byte[] boot = _dist.Bytes("boot_" + board + ".bin"), application = _dist.Bytes(board + ".bin"), first = _dist.Bytes("first_" + board + ".bin");
        int at = first.Length - application.Length;
        Assert.True(boot.AsSpan().SequenceEqual(first.AsSpan(0, boot.Length)), "the boot loader is first");
        Assert.True(application.AsSpan().SequenceEqual(first.AsSpan(at)), "the application is last");
        Assert.Equal(board.StartsWith("devebox", StringComparison.Ordinal) ? 0x2_0000 : 0x1_0000, at);
        Assert.False(first.AsSpan(boot.Length..at).ContainsAnyExcept((byte)0xFF));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Objcopy_makes_the_binary_of_the_hex_file(string board)
    {
        string binary = Path.GetTempFileName();
        ShellResult result = Shell.Capture("arm-none-eabi-objcopy", ["-I", "ihex", "-O", "binary", "--gap-fill", "0xFF", _dist.File("first_" + board + ".hex"), binary]);
        Assert.Equal("", result.Text);
        Assert.True(_dist.Bytes("first_" + board + ".bin").AsSpan().SequenceEqual(File.ReadAllBytes(binary)));
        File.Delete(binary);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_first_DfuSe_file_leaves_the_settings_alone(string board)
    {
        byte[] file = _dist.Bytes("first_" + board + ".dfu");
        Assert.Equal(2u, BitConverter.ToUInt32(file, 11 + 270));                      // elements
        int second = 11 + 274 + 8 + _dist.Bytes("boot_" + board + ".bin").Length;
        Assert.Equal(0x0800_0000u, BitConverter.ToUInt32(file, 11 + 274));
        Assert.Equal(board.StartsWith("devebox", StringComparison.Ordinal) ? 0x0802_0000u : 0x0801_0000u, BitConverter.ToUInt32(file, second));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_first_image_starts_the_application_through_the_boot_loader(string board)
    {
        var machine = new Machine(BoardList.Find(board));
        var console = new System.Text.StringBuilder();
        machine.Console.Received += (word, _, _) => console.Append((char)word);
        machine.Load(_dist.Bytes("first_" + board + ".bin"), 0x0800_0000);
        machine.PowerOn();
        Assert.True(machine.RunFor(2 * SharpProbe.Sim.TimeBase.Second), machine.Stopped?.ToString());
        Assert.Contains($" on {board}, ", console.ToString());
    }

    [Fact] public void The_checksums_are_those_of_the_files()
    {
        string[] lines = File.ReadAllLines(_dist.File(Distribution.Sums));
        Assert.Equal(_dist.Files.Count - 1, lines.Length);
        Assert.All(lines, line => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_dist.Bytes(line[66..]))), line[..64]));
    }

    [Fact] public void The_page_names_only_files_that_are_there()
    {
        string page = File.ReadAllText(_dist.File(Distribution.Page));
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(page, @"(?:first_|boot_)?(?:stlinkv3mini|pybd_sf2|devebox_h7\d\d)\.(?:elf|bin|hex|dfu)"))
            Assert.Contains(match.Value, _dist.Files);
        Assert.All(BoardFacts.All, board => Assert.Contains($"first_{board.Name}.hex", page));
    }

    /// <summary>A folder of its own.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        public Folder() => Files = Distribution.Write(_path, "1.2.3", "0123456789");

        public IReadOnlyList<string> Files { get; }

        public string File(string name) => Path.Combine(_path, name);

        public byte[] Bytes(string name) => System.IO.File.ReadAllBytes(File(name));

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
