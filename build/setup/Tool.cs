namespace SharpProbe.Build.Setup;

/// <summary>A program from outside that some verb runs.</summary>
/// <param name="Program">Its name on PATH; for what is no program, a file's whole name.</param>
/// <param name="Package">Debian and Ubuntu package.</param>
/// <param name="Elsewhere">What to install on other systems.</param>
sealed record Tool(string Program, string Package, string Elsewhere)
{
    public static readonly Tool Linker = new("arm-none-eabi-ld", "binutils-arm-none-eabi",
        "Arm GNU Toolchain, folder bin on PATH (Windows: winget install Arm.GnuArmEmbeddedToolchain)");

    public static readonly Tool Disassembler = Linker with { Program = "arm-none-eabi-objdump" };

    public static readonly Tool Qemu = new("qemu-system-arm", "qemu-system-arm", "QEMU with the Arm system emulator (Windows: winget install SoftwareFreedomConservancy.QEMU)");

    public static readonly Tool Gdb = new("gdb-multiarch", "gdb-multiarch", "a gdb that knows Arm, under the name gdb-multiarch");

    public static readonly Tool DfuSuffix = new("dfu-suffix", "dfu-util", "dfu-util (Windows: from dfu-util.sourceforge.net)");

    public static readonly Tool Sigrok = new("sigrok-cli", "sigrok-cli", "sigrok-cli (sigrok.org)");

    private const string OnlyDebian = "Debian or Ubuntu on x86-64 only";

    /// <summary>What a Linux guest needs (build/guest): to be made, to run, and the programs that tests run in it.</summary>
    public static readonly Tool[] Guest =
    [
        new("qemu-system-x86_64", "qemu-system-x86", OnlyDebian), new("xz", "xz-utils", OnlyDebian), new("cpio", "cpio", OnlyDebian), new("kmod", "kmod", OnlyDebian),
        new("busybox", "busybox-static", OnlyDebian), new("udevadm", "udev", OnlyDebian), new("lsusb", "usbutils", OnlyDebian), DfuSuffix with { Program = "dfu-util" }, Gdb,
        new("openocd", "openocd", OnlyDebian), new("pyocd-tool", "python3-pyocd", OnlyDebian),
    ];

    /// <summary>What tests need whose programs see the simulated probe through a libusb of their own (hosttests/usbip/libusb).</summary>
    public static readonly Tool[] Libusb =
    [
        new("gcc", "gcc", OnlyDebian), new("/usr/include/stdlib.h", "libc6-dev", OnlyDebian), new("/usr/include/libusb-1.0/libusb.h", "libusb-1.0-0-dev", OnlyDebian),
        new("lsusb", "usbutils", OnlyDebian), DfuSuffix with { Program = "dfu-util" },
    ];

    /// <summary>What tests need that compile C for a target.</summary>
    public static readonly Tool[] ArmC =
    [
        new("arm-none-eabi-gcc", "gcc-arm-none-eabi", "Arm GNU Toolchain"), new("/usr/lib/arm-none-eabi/newlib/nano.specs", "libnewlib-arm-none-eabi", "Arm GNU Toolchain"),
    ];

    public static readonly Tool[] All = [Linker, Disassembler, Qemu, Gdb, DfuSuffix, Sigrok];

    public bool IsPresent => Shell.Which(Program) != null;
}
