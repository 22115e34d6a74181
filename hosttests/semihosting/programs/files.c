// A program of newlib's that uses what semihosting gives it. Each line that it prints is compared with what the same calls give on a desktop.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char line[80];

// newlib has no rename over semihosting.
static int host_rename(const char *from, const char *to)
{
    const void *block[4] = { from, (void *)strlen(from), to, (void *)strlen(to) };
    register int result __asm__("r0") = 0x0F;
    register const void *words __asm__("r1") = block;
    __asm__ volatile("bkpt 0xAB" : "+r"(result) : "r"(words) : "memory", "lr");
    return result;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("arguments:");
    for (int i = 1; i < argc; i++) printf(" [%s]", argv[i]);
    printf("\n");
    fprintf(stderr, "to stderr\n");

    FILE *file = fopen("numbers.txt", "w");
    if (!file) { printf("cannot write: %d\n", errno); return 2; }
    for (int i = 0; i < 500; i++) fprintf(file, "line %d is %d\n", i, i * i);
    fclose(file);

    file = fopen("numbers.txt", "r+");
    fseek(file, 0, SEEK_END);
    printf("length %ld\n", ftell(file));
    fseek(file, 1000, SEEK_SET);
    fgets(line, sizeof line, file);
    printf("at 1000: %s", line);
    fseek(file, 0, SEEK_SET);
    fputs("LINE", file);
    fflush(file);
    fseek(file, 0, SEEK_SET);
    fgets(line, sizeof line, file);
    printf("first: %s", line);
    int lines = 1;
    while (fgets(line, sizeof line, file)) lines++;
    printf("lines %d, end %d\n", lines, feof(file) != 0);
    fclose(file);

    printf("rename %d\n", host_rename("numbers.txt", "renamed.txt"));
    file = fopen("numbers.txt", "r");
    printf("old name: %s, errno %d\n", file ? "there" : "gone", errno);
    file = fopen("binary.bin", "wb");
    for (int i = 0; i < 1000; i++) { unsigned char b = (unsigned char)(i * 7); fwrite(&b, 1, 1, file); }
    fclose(file);
    file = fopen("remove.me", "w");
    fclose(file);
    printf("remove %d\n", remove("remove.me"));
    printf("terminal %d\n", isatty(1));
    printf("time %d\n", time(NULL) > 1700000000);
    clock_t start = clock();
    while (clock() - start < 3) { }
    printf("clock runs\n");
    return 42;
}
