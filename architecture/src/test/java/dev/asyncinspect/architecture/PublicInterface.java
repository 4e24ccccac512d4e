package dev.asyncinspect.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a package offers to others: the signatures of all public types and of their public and protected members. */
final class PublicInterface {

    /*
     * The types are found in the class files and their signatures told by reflection, without initialising anything. What every record
     * and enum has by its nature (equals, valueOf …) is left in: it is part of what callers compile against. Bridge methods
     * are the compiler's and left out.
     */

    private PublicInterface() {}

    /** One line a signature, the members of a type below it and indented; types and members in the order of the alphabet. */
    static String of(String packageName, JavaClasses classes) throws ClassNotFoundException {
        Map<String, Class<?>> types = new TreeMap<>();
        for (JavaClass type : classes) {
            if (type.getPackageName().equals(packageName)) {
                Class<?> loaded = Class.forName(type.getName(), false, PublicInterface.class.getClassLoader());
                if (isOffered(loaded)) {
                    types.put(loaded.getName(), loaded);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (Class<?> type : types.values()) {
            text.append(header(type)).append('\n');
            members(type).forEach(member -> text.append("    ").append(member).append('\n'));
        }
        return text.toString();
    }

    /** Nested types are as visible as what they are nested in. */
    private static boolean isOffered(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isOffered(type.getModifiers()) && (outer == null || isOffered(outer));
    }

    private static boolean isOffered(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        StringBuilder header = new StringBuilder(type.toGenericString());
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            header.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        List<String> interfaces = List.of(type.getGenericInterfaces()).stream()
                .map(Type::getTypeName)
                .toList();
        if (!interfaces.isEmpty()) {
            header.append(type.isInterface() ? " extends " : " implements ").append(String.join(", ", interfaces));
        }
        return header.toString();
    }

    private static Set<String> members(Class<?> type) {
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            add(members, field, field.toGenericString());
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(members, constructor, constructor.toGenericString());
        }
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isBridge()) {
                add(members, method, method.toGenericString());
            }
        }
        return members;
    }

    /** Members of a final type that only subclasses could use are nobody's. */
    private static void add(Set<String> members, Member member, String text) {
        boolean forSubclasses = Modifier.isProtected(member.getModifiers())
                && Modifier.isFinal(member.getDeclaringClass().getModifiers());
        if (isOffered(member.getModifiers()) && !member.isSynthetic() && !forSubclasses) {
            members.add(text);
        }
    }
}
